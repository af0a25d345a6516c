import { type CorpusRow, N, rows } from "./corpus-rows.ts";

/** More of the corpus: forms in each other's company, and what looks like a use and is none. Read `forbidden-code-corpus.ts` first. */
export const HOSTILE_CORPUS: readonly CorpusRow[] = [
  ...rows("src/pay.js", [
    [
      "own property, called on the prototype",
      `Object.prototype.hasOwnProperty.call(order, "${N}"); ({}).hasOwnProperty.call(o, "${N}");`,
      "key of a built-in function",
      "key of a built-in function",
    ],
    ["templates in templates", `x = \`a\${\`b\${o.${N}} totalAmount\`}\${{ ${N}: 1 }}\`;`],
    [
      "accessors of a private field",
      `class A { static #totalAmount; static get ${N}() { return A.#totalAmount; } static set ${N}(v) { A.#totalAmount = v; } }`,
      "class field",
      "class field",
    ],
    ["generator method with a key in a template", `class A { static async *[\`${N}\`]() {} }`],
    ["generator and setter of an object", `const o = { async *${N}() {}, set ${N}(v) {} };`],
    [
      "destructuring, default that is a use itself",
      `const { a: { b: [{ ${N}: t = o.${N} }] = [] } = {}, ...totalAmount } = x;`,
      "destructuring",
      "member access",
    ],
    [
      "parameters that are destructured",
      `function f({ ${N} = 1, b: { ${N}: z } } = {}, [totalAmount] = []) {}`,
    ],
    ["key of in, negated", `if (!("${N}" in o)) {}`, "key of in"],
    ["optional calls", `o?.["${N}"]?.(); o?.${N}?.(); o.${N}?.x;`],
    ["operators that assign", `o.${N}++; --o["${N}"]; o.${N} ??= 1; delete o?.${N};`],
    [
      "targets of a destructuring assignment",
      `[o.${N}, o["${N}"]] = [1, 2]; ({ x: o.${N}, ["${N}"]: y } = z);`,
    ],
    ["exports of CommonJS", `exports.${N} = 1; module.exports = { ${N} };`],
    ["promise of a module", `import("x").then(({ ${N} }) => totalAmount);`, "destructuring"],
    ["properties that are defined", `Object.defineProperties(o, { ${N}: { value: 1 } });`, "object key"],
    ["division, no regular expression", `x = a / b.${N} / c;`, "member access"],
    ["behind a comment of old HTML", `<!-- order.totalAmount\norder.${N};`, "member access"],
    ["decoy: method of a string in an index", `o["totalAmount".length]; o["totalAmount".toLowerCase()];`],
    ["decoy: variable that holds the key", `const k = "totalAmount"; o[k];`],
    ["decoy: attributes of an import", `import a from "./x.json" with { type: "totalAmount" };`],
    ["decoy: names of exports", `export * as totalAmount from "x"; export { a as "totalAmount" } from "y";`],
    ["decoy: code in strings", `const s = 'it\\'s order.totalAmount', t = "{ totalAmount: 1 }";`],
    ["decoy: call on something else", `Set.prototype.has.call(keys, "totalAmount");`],
  ]),
  ...rows("src/pay.ts", [
    [
      "accessors of a type",
      `declare const x: { get ${N}(): 1; set ${N}(v: 1); ${N}?(): void; readonly "${N}": 1 };`,
    ],
    ["abstract field and accessor", `abstract class A { abstract ${N}: 1; abstract get ${N}(): 1; }`],
    ["value checked against its keys", `const o = { ${N}: 1 } satisfies Record<"${N}", number>;`],
    ["type guard", `function is(o: any): o is { ${N}: 1 } { return "${N}" in o && typeof o.${N} === "x"; }`],
    ["keys of a picked type", `type A = keyof Pick<T, "${N}">; type B = T["a" | "${N}"]["x"];`],
    ["mapped type with modifiers", `type A = { -readonly [K in "${N}" | "b"]-?: 1 };`, "type member"],
    ["bound of a type parameter", `class B<T extends { ${N}: 1 }> implements Pick<O, "${N}"> {}`],
    ["use of a resource", `using r = o.${N};`, "member access"],
    [
      "decoy: literals of types",
      "type A = Exclude<K, 'totalAmount'>; type B = `get${Capitalize<'totalAmount'>}`;",
    ],
    [
      "decoy: types that are exported",
      `export type { totalAmount } from "x"; import type { totalAmount as T } from "y";`,
    ],
  ]),
  ...rows("src/cart.tsx", [
    [
      "attribute with a namespace beside a spread member",
      `const a = <Price xlink:${N}="a" data-totalAmount="1" {...o.${N}} />;`,
      "JSX attribute",
      "member access",
    ],
    ["type argument and attribute", `const a = <A<{ ${N}: 1 }> ${N} />;`, "type member", "JSX attribute"],
    ["template in an attribute", `const a = <p title={\`\${o.${N}} totalAmount\`}>totalAmount=1</p>;`],
  ]),
  ...rows("src/cart.html", [
    ["data in a script element", `<script type="application/json">{"${N}": 1}</script>`, "object key"],
    ["attribute in a template", `<template><price ${N}></price></template>`, "attribute"],
    ["object in an event handler", `<b onclick="f({${N}: 1, x: 'totalAmount'})">x</b>`, "object key"],
    [
      "nested at-rule in a style",
      `<style>@container (min-width: 1px) { a { ${N}: 1 } }</style>`,
      "CSS property",
    ],
    [
      "address of a form that is a script",
      `<button formaction="javascript:o.${N}">x</button>`,
      "member access",
    ],
    [
      "decoy: conditional comment, text area",
      `<!--[if IE]><script>o.totalAmount</script><![endif]--><textarea>o.totalAmount</textarea>`,
    ],
    [
      "decoy: name, id and link",
      `<input name=totalAmount id="totalAmount"><svg xlink:href="#totalAmount"></svg>`,
    ],
    ["decoy: markup in a string of a script", `<script>var s = '<a onclick="o.totalAmount">';</script>`],
  ]),
  ...rows("src/cart.vue", [
    [
      "setup script in TypeScript",
      `<script setup lang="ts">const p = defineProps<{ ${N}: 1 }>(); p.${N};</script>`,
      "type member",
      "member access",
    ],
    [
      "bindings, events and conditions",
      `<template><P :${N}="o.${N}" @pay="f({ ${N} })" v-if="'${N}' in o">{{ o.${N} }} totalAmount</P></template>`,
    ],
    [
      "object that is bound",
      `<template><P v-bind="{ ${N}: 1 }" v-model:${N}="x" :style="{ width: o?.${N} }" /></template>`,
    ],
    [
      "data and watchers",
      `<script>export default { data: () => ({ ${N}: 1 }), watch: { "${N}"() {} } };</script>`,
    ],
    [
      "decoy: names of props in a list, class",
      `<script>export default { props: ["totalAmount"] };</script><style>.totalAmount {}</style>`,
    ],
  ]),
  ...rows("src/cart.svelte", [
    [
      "props, reactive statement, constant",
      `<script>$: x = o.${N}; let { ${N}: y } = $props();</script>{@const q = o.${N}}`,
    ],
    ["bound attribute and spread", `<A ${N}={1} bind:${N}={z} {...o.${N}} />`],
  ]),
  ...rows("src/cart.css", [
    [
      "decoy: registered property, area",
      `@property --totalAmount { syntax: "*" } a { grid-area: totalAmount }`,
    ],
  ]),
  ...rows("src/cart.scss", [
    ["word in a style of another kind", `.a { ${N}: $x; /* ${N} */ }`, "word", "word"],
  ]),
  ...rows("src/pay.py", [
    [
      "property with its setter",
      `class O:\n    @property\n    def ${N}(self): return 1\n    @${N}.setter\n    def ${N}(self, v): pass\n`,
      "class field",
      "class field",
      "class field",
    ],
    ["several class fields at once", `class O:\n    a, ${N} = 1, 2\n`, "class field"],
    [
      "class fields in a loop and a block",
      `class O:\n    for i in x:\n        ${N} = i\n    with y:\n        ${N} = 1\n`,
    ],
    [
      "field of a dataclass and its metadata",
      `@dataclass\nclass O:\n    ${N}: int = field(metadata={"${N}": 1})\n`,
      "class field",
      "object key",
    ],
    [
      "typed dictionary",
      `class D(TypedDict, total=False):\n    ${N}: NotRequired[int]\nT = TypedDict("T", {"${N}": int})\n`,
    ],
    ["member of an enumeration", `class E(Enum):\n    ${N} = 1\nE["${N}"]\nE.${N}\n`],
    ["update of a dictionary", `d = dict(${N}=1)\nd |= {"${N}": 2}\ndel d["${N}"]\nd["a"]["${N}"] += 1\n`],
    ["member on the next line", `order.\\\n  ${N}\n`, "member access"],
    ["keyword of a class pattern with a guard", `match o:\n    case Order(id=1, ${N}=t) if o.${N}: pass\n`],
    ["key of not in", `assert "${N}" not in o`, "key of in"],
    ["several keys at once", `frame.loc[rows, "${N}"] + order["${N}", 1]`],
    ["decoy: slice, string that is indexed", `order[:"totalAmount"] + "totalAmount"[0]`],
    ["decoy: decorator outside of a class", `@totalAmount.setter\ndef f(): pass\n`],
    [
      "decoy: captured name, starred arguments",
      `match o:\n    case totalAmount: pass\nf(*totalAmount, **totalAmount)\n`,
    ],
    ["decoy: loop variable of a method", `class A:\n    def f(self):\n        a, totalAmount = x\n`],
    ["decoy: compared string", `if "totalAmount" == k or "x" in totalAmount: pass\n`],
    [
      "decoy: name for a getter, annotation in a string",
      `operator.attrgetter("totalAmount")\ndef f(p: "Order.totalAmount"): pass\n`,
    ],
  ]),
  ...rows("src/Pay.java", [
    [
      "component that is read in the record",
      `record Order(int ${N}) { Order { if (${N} < 0) throw new X(); } }`,
      "class field",
      "member access",
    ],
    [
      "field that is read without its object",
      `class O { private int ${N}; int get() { return ${N}; } void set(int totalAmount) { this.${N} = totalAmount; } }`,
      "class field",
      "member access",
      "member access",
    ],
    [
      "fields in initializers and inner types",
      `class O { int ${N} = 1, b = ${N} * 2; { ${N}++; } class I { int f() { return ${N}; } int g() { int totalAmount = 2; return totalAmount; } } }`,
    ],
    [
      "constants that are read in their own type",
      `enum E { ${N}, B; boolean is() { return this == ${N}; } }`,
      "type member",
      "member access",
    ],
    [
      "constant of an interface, read there",
      `interface I { int ${N} = 1; default int f() { return ${N} + 1; } }`,
    ],
    [
      "field in an anonymous class",
      `class O { int ${N}; Runnable r = new Runnable() { public void run() { f(${N})[${N}] = O.this.${N}; } }; }`,
    ],
    [
      "accessor of a component, field above",
      `class A { int f() { return this.o().${N}().x + super.${N}; } }`,
    ],
    [
      "call in an initializer, generic call",
      `class A { A() { var o = new Order() {{ ${N}(1); }}; o.<T>${N}(); } }`,
    ],
    [
      "serialised name and component at once",
      `record Order(@JsonProperty("${N}") int ${N}) {}`,
      "serialised name",
      "class field",
    ],
    [
      "decoy: inherited or hidden without its object",
      `class A extends B { int f() { return totalAmount; } }\nclass O { int ${N}; void g(L l) { l.each(totalAmount -> p(totalAmount)); } }`,
    ],
    [
      "decoy: label, annotation and type beside a field",
      `class totalAmount { @totalAmount int ${N}; void h() { totalAmount: for (;;) break totalAmount; } }`,
    ],
    [
      "decoy: bean accessors and names of columns",
      `class A { @Column(name = "totalAmount") int ${N} = o.getTotalAmount("totalAmount"); }`,
    ],
    [
      "decoy: key of a map, static import",
      `import static x.Y.totalAmount;\nclass A { int x = map.get("totalAmount"); }`,
    ],
    [
      "decoy: variable of a record pattern",
      `class A { boolean f(Object o) { return o instanceof Order(int totalAmount); } }`,
    ],
  ]),
  ...rows("src/Broken.java", [
    ["a semicolon is missing", `class A { void f() { o.${N} } }`, "name in code that does not parse"],
    [
      "a bracket is missing",
      `class A { void f() { g(o.${N} } // o.totalAmount\n}`,
      "name in code that does not parse",
    ],
    [
      "between conflict markers",
      `class A {\n<<<<<<< HEAD\n int x = o.${N};\n=======\n int x = o.amount;\n>>>>>>> y\n}`,
    ],
    [
      "decoy: string and comment where it does not parse",
      `class A { void f() { g("totalAmount" /* totalAmount */ } }`,
    ],
  ]),
  ...rows("src/broken.go", [
    [
      "a bracket is missing",
      `package p\nfunc f() { g(o.${N} // totalAmount\n }`,
      "name in code that does not parse",
    ],
  ]),
  ...rows("src/broken.css", [
    [
      "between conflict markers",
      `<<<<<<< HEAD\na { ${N}: 1 }\n=======\na {}\n>>>>>>> develop\n`,
      "name in code that does not parse",
    ],
    ["a brace too many", `a { b: 1 } } ${N}: 1`, "name in code that does not parse"],
  ]),
  ...rows("src/broken.py", [
    ["a bracket is missing", `def f(:\n  o.${N}\n  # o.totalAmount\n  print("totalAmount"\n`],
  ]),
  ...rows("src/broken.ts", [
    [
      "decoy: variables, strings and comments beside an error",
      `const totalAmount = 1;\nif ( {\nf(totalAmount, "totalAmount" /* totalAmount */);\n`,
    ],
  ]),
  ...rows("src/pay.go", [
    [
      "several fields, nested struct",
      `package p\ntype O struct { A, ${N} int; B struct { ${N} int } }`,
      "type member",
      "type member",
    ],
    ["pointer, address, increment", `package p\nfunc f(o *O) { o.B.${N}++; p := &o.${N}; (*o).${N} = 1 }`],
    ["anonymous struct", `package p\nvar y = struct{ ${N} int }{${N}: 1}`, "type member", "object key"],
    ["literals in a map", `package p\nvar x = map[string]O{"${N}": {${N}: 1}}`, "object key", "object key"],
    ["value and whether it is there", `package p\nvar v, ok = m["${N}"]`, "computed string key"],
    [
      "two serialised names, one text",
      'package p\ntype O struct { X int `json:"' +
        N +
        '" bson:"' +
        N +
        ',omitempty" doc:"the totalAmount of"` }',
      "serialised name",
      "serialised name",
    ],
    [
      "decoy: receiver, constant, key",
      `package p\nfunc (totalAmount *T) m() { const totalAmount = 1; m[totalAmount] = 1; remove(m, "totalAmount") }`,
    ],
    ["decoy: value of a field, type argument", `package p\nvar x = O{A: totalAmount}\nvar t T[totalAmount]`],
  ]),
];
