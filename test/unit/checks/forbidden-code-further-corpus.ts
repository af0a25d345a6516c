import { type CorpusRow, N, rows } from "./corpus-rows.ts";

/** More of the corpus: what a reviewer tried who knew the others. Read `forbidden-code-corpus.ts` first. */
export const FURTHER_CORPUS: readonly CorpusRow[] = [
  ...rows("src/pay.js", [
    ["computed string key behind and", `order[old && "${N}"];`, "computed string key"],
    ["decoy: condition of an and in a key", `order["totalAmount" && key];`],
    ["method of an object in quotes", `o = { "${N}"() {}, async "${N}"() {} };`, "object key", "object key"],
    [
      "members of a class in every notation",
      `class A { static get ${N}() {} set ${N}(v) {} "${N}" = 1; ["${N}"] = 2; static async *${N}() {} accessor ${N}; }`,
    ],
    ["members of metaproperties", `import.meta.${N}; import.meta.env["${N}"]; new.target.${N};`],
    ["new, await and spread of a member", `new o.${N}(); (await o).${N}; f(...o?.["${N}"]);`],
    [
      "destructuring in a loop that awaits",
      `async () => { for await (const { ${N} } of x); };`,
      "destructuring",
    ],
    ["shorthand beside a prototype", `({ __proto__: null, ${N} });`, "shorthand property"],
    [
      "keys of a schema",
      `z.object({ ${N}: z.number() }); s = { properties: { ${N}: {} }, required: ["totalAmount"] };`,
    ],
    ["case and typeof", `switch (x) { case o.${N}: typeof o.${N}; }`],
    ["allowed: comment on the line above the name", `order\n  // Valid usage\n  .totalAmount;`],
    ["not allowed: comment behind the dot, one line up", `order. // Valid usage\n  ${N};`],
    [
      "decoy: name written in another way",
      `o.total_amount + o.totalamount + o.TotalAmount + ö.totalAmountö;`,
    ],
    ["decoy: names in a module", `export const totalAmount = 1; export { x as totalAmount };`],
    [
      "decoy: names in a list of strings",
      `_.pick(o, ["totalAmount"]); Object.keys(o).includes("totalAmount");`,
    ],
    [
      "decoy: rest, and names in labels",
      `const { ...totalAmount } = y; totalAmount: for (;;) continue totalAmount;`,
    ],
  ]),
  ...rows("src/pay.ts", [
    [
      "computed members of types",
      `interface A { ["${N}"]: 1 } enum E { [\`${N}\`] = 1 }`,
      "type member",
      "type member",
    ],
    [
      "every declared member",
      `abstract class A { abstract ${N}: 1; protected ${N}?: 2; declare ${N}: 3; static readonly ${N} = 4 }`,
    ],
    [
      "constructor fields with defaults",
      `class A { constructor(public ${N} = 1, override ${N} = 2, private readonly ${N}?: 3) {} }`,
    ],
    ["renamed key of a mapped type", "type A = { [K in keyof T as `" + N + "`]: 1 };", "type member"],
    [
      "types of queries",
      `type G = typeof o["${N}"]; type H = (typeof o)["${N}"]["x"];`,
      "type member",
      "type member",
    ],
    [
      "type of this and of a parameter",
      `function f(this: { ${N}: 1 }, { ${N} }: { ${N}: 1 }): asserts o is { ${N}: 1 } {}`,
    ],
    [
      "call and construct signatures beside a member",
      `type F = { (totalAmount: 1): void; new (totalAmount: 1): X; ${N}: 1 };`,
    ],
    [
      "members of the window",
      `declare global { interface Window { ${N}: 1 } } type R = Partial<Record<"${N}" | "x", 1>>;`,
    ],
    ["type arguments of a member", `o.${N}<number>(); o?.${N}!.x; (<any>o).${N};`],
    ["input of a component", `class A { @Input() ${N}!: number; @Input("totalAmount") y; }`, "class field"],
    [
      "decoy: names in types",
      `let t: [totalAmount: 1]; o.x<totalAmount>(); type A = Map<"totalAmount", 1> & Extract<K, "totalAmount">;`,
    ],
    [
      "decoy: string that a type limits",
      `let k: keyof Order = "totalAmount"; declare const totalAmount: number;`,
    ],
    ["allowed: beside another instruction", `// @ts-ignore Valid usage\no.totalAmount;`],
  ]),
  ...rows("src/cart.tsx", [
    ["attribute of a member element", `const a = <A.${N} ${N}={x} />;`, "member access", "JSX attribute"],
    [
      "decoy: entity, text and attribute",
      `const a = <A title="o.totalAmount">&totalAmount; {"totalAmount"}</A>;`,
    ],
    ["decoy: styles in a template", "const a = <style jsx>{`a { totalAmount: 1 }`}</style>;"],
    [
      "allowed: comment among the attributes",
      `const a = (\n  <A\n    /* Valid usage */ totalAmount={1}\n  />\n);`,
    ],
    [
      "not allowed: comment behind the element above",
      `const a = <A // Valid usage\n  ${N}={1} />;`,
      "JSX attribute",
    ],
  ]),
  ...rows("src/cart.html", [
    [
      "bindings of other frameworks",
      `<p x-bind:${N}="1" .${N}="o.${N}" ng-if="o.${N}" x-text="o.${N}" x-data="{ ${N}: 1 }"></p>`,
    ],
    [
      "decoy: variable of a template, slots, variable as name",
      `<p #totalAmount v-slot:totalAmount="x" :[totalAmount]="1"></p>`,
    ],
    [
      "loop variable that is only named",
      `<p *ngIf="o.${N} as totalAmount">{{ totalAmount }}</p>`,
      "member access",
    ],
    ["handler that returns", `<form onsubmit="return check({ ${N}: 1 })"></form>`, "object key"],
    ["allowed: interpolation below a comment", `<p>\n<!-- Valid usage -->\n{{ o.totalAmount }}</p>`],
    [
      "decoy: address, name of an element, custom property",
      `<a href="?totalAmount=1"><totalAmount/></a><i style="--totalAmount: 1"></i>`,
    ],
  ]),
  ...rows("src/cart.svelte", [
    [
      "names of a loop, with index and key",
      `{#each o.${N} as { ${N}, x: { ${N}: y } }, i (o.${N})}{totalAmount}{/each}`,
      "member access",
      "destructuring",
      "destructuring",
      "member access",
    ],
    [
      "names of a promise",
      `{#await o.${N} then { ${N} }}x{:catch { ${N}: e }}y{/await}{#await p}{:then [{ ${N} }]}z{/await}`,
      "member access",
      "destructuring",
      "destructuring",
      "destructuring",
    ],
    [
      "list that is an array of objects",
      `{#each [{ ${N}: 1 }] as x (x.${N})}{x}{/each}`,
      "object key",
      "member access",
    ],
    ["slot property", `<A let:${N} /><A let:${N}={x} />`, "attribute", "attribute"],
    ["loop that never ends", `{#each xs as { ${N}`],
    [
      "decoy: names of promises and directives",
      `{#await p then totalAmount}{totalAmount}{/await}<A class:totalAmount={x} />`,
    ],
  ]),
  ...rows("src/cart.css", [
    [
      "negated attribute, condition, frame",
      `a:not([${N}]) {} @supports (${N}: 1) {} @keyframes x { from { ${N}: 1 } }`,
    ],
    ["decoy: names in transitions", `a { transition: totalAmount 1s; will-change: totalAmount }`],
    ["allowed: comment behind", `a { totalAmount: 1 /* Valid usage */ }`],
  ]),
  ...rows("src/pay.py", [
    [
      "class fields in a chain and in brackets",
      `class O:\n    x = ${N} = 1\n    (a, ${N}) = 1, 2\n    [b, *${N}] = x\n    a, (b, ${N}) = y\n`,
    ],
    [
      "key in more brackets than anybody writes",
      `o[${"(".repeat(100)}"${N}"${")".repeat(100)}]`,
      "string in code that is nested too deeply",
    ],
    ["class field on the line of the class", `class O: ${N}: int = 1`, "class field"],
    [
      "member as value of a pattern",
      `match o:\n    case O.${N} | P.x: pass\n    case [a.b.${N}, *r]: pass\n`,
      "member access",
      "member access",
    ],
    ["chosen and assigned keys", `o[a or "${N}"] + o["${N}" or a] + o[a and "${N}"] + o[k := "${N}"]`],
    [
      "methods of every kind",
      `class O:\n    async def ${N}(self): pass\n    @staticmethod\n    def ${N}(): pass\n    @functools.cached_property\n    def ${N}(self): pass\n`,
    ],
    [
      "argument of a class and of a decorator",
      `@f(${N}=1)\nclass A(B, ${N}=1): pass\n`,
      "keyword argument",
      "keyword argument",
    ],
    [
      "f-strings in each other and over lines",
      `f'{f"{o.${N}}"}'\nf"""{\n o.${N}\n}"""\n`,
      "member access",
      "member access",
    ],
    ["attribute with a type, delete, await", `o.${N}: int = 1\ndel o.${N}, o["${N}"]\nawait o.${N}\n`],
    ["key with a prefix", `o[u"${N}"] + o[R"${N}"] + o[f"${N}"] + o["${N}",]`],
    ["allowed: comment with other words", `o.totalAmount  # type: ignore  Valid usage: bank`],
    ["not allowed: phrase in a string", `x = "# Valid usage"; o.${N}`, "member access"],
    ["not allowed: docstring above", `"""Valid usage"""\no.${N}`, "member access"],
    [
      "decoy: targets outside of a class",
      `x = totalAmount = 1\n(a, totalAmount) = 1, 2\nclass A:\n    def f(self):\n        a = totalAmount = 1\n`,
    ],
    [
      "decoy: class of a pattern, condition of a key",
      `match o:\n    case O.totalAmount(x): pass\n    case [totalAmount]: pass\no["totalAmount" and a]\n`,
    ],
    [
      "decoy: modules of that name",
      `import o.totalAmount\nfrom o.totalAmount import x\nfrom . import totalAmount as t\n`,
    ],
    [
      "decoy: longer and private names",
      `class O:\n    __totalAmount = 1\n    def f(self): return self._totalAmount\nM.filter(totalAmount__gt=1)\n`,
    ],
    [
      "decoy: names in lists, sets and formats",
      `namedtuple("O", ["totalAmount"])\n{"totalAmount"}\n"{totalAmount} %(totalAmount)s"\n`,
    ],
  ]),
  ...rows("src/Pay.java", [
    [
      "last component of a record, read there",
      `record R(int... ${N}) { int f() { return ${N}[0]; } }`,
      "class field",
      "member access",
    ],
    [
      "constants in a switch",
      `class A { void f(E e) { switch (e) { case ${N}: break; } } int g(E e) { return switch (e) { case ${N} -> 1; default -> 2; }; } }`,
      "type member",
      "type member",
    ],
    [
      "decoy: variable in a switch",
      `class A { void f(int e) { final int totalAmount = 1; switch (e) { case totalAmount: } } }`,
    ],
    [
      "decoy: variables in the initializer of a field",
      `class A { Runnable r = () -> { int totalAmount = 2; g(totalAmount); }; int ${N}; int g() { return ${N}; } F f = totalAmount -> totalAmount + 1; }`,
    ],
    [
      "serialised names of other annotations",
      `@JsonPropertyOrder({"id", "${N}"}) @JsonIgnoreProperties("${N}") class A { @JsonGetter("${N}") int f() {} @JsonSetter("${N}") void g() {} @Json(name = "${N}") int h; @com.x.JsonProperty("${N}") int i; }`,
    ],
    [
      "setter of a bean",
      `class A { void setTotalAmount(int totalAmount) { this.${N} = totalAmount; } }`,
      "member access",
    ],
    [
      "members of what is called, cast, indexed",
      `class A { int a = ((O) o).${N} + f().${N} + new O().${N} + arr[0].${N}; }`,
    ],
    [
      "overriding and abstract methods",
      `abstract class A { @Override public int ${N}() { return 1; } abstract int ${N}(int x); }`,
    ],
    [
      "guard of a pattern",
      `class A { int f(S s) { return switch (s) { case A(int totalAmount) when totalAmount > 1 -> totalAmount; default -> o.${N}; }; } }`,
      "member access",
    ],
    ["allowed: documentation above a class on one line", `/** Valid usage */\nclass A { int totalAmount; }`],
    [
      "not allowed: an annotation between",
      `class A {\n  // Valid usage\n  @X\n  int ${N};\n}`,
      "class field",
    ],
    [
      "decoy: names for reflection and documentation",
      `class A { Field f = O.class.getDeclaredField("totalAmount"); @Schema(name = "totalAmount") int x; }`,
    ],
    [
      "decoy: package, import, exception",
      `package a.totalAmount;\nimport b.totalAmount;\nclass A { void f() throws totalAmount { try (var totalAmount = x) {} catch (E totalAmount) {} } }`,
    ],
  ]),
  ...rows("src/pay.go", [
    [
      "delete from a map",
      `package p\nfunc f() { delete(m, "${N}"); remove(m, "totalAmount") }`,
      "key of a built-in function",
    ],
    [
      "decoy: constants as indices and inner keys",
      `package p\nvar x = []int{totalAmount: 1}\nvar y = [...]int{totalAmount: 1}\nvar z = map[string]map[K]int{"a": {totalAmount: 1}}\nvar t = [2][3]int{{totalAmount: 1}}`,
    ],
    [
      "literals whose type is left out",
      `package p\nvar v = map[string]*O{"a": {${N}: 1}}\nvar u = [][]O{{{${N}: 1}}}`,
      "object key",
      "object key",
    ],
    [
      "literals of other kinds of types",
      `package p\nvar x = pkg.O{${N}: 1}\nvar y = O[int]{${N}: 1}\nvar z = gin.H{"${N}": 1}`,
    ],
    [
      "members in every place",
      `package p\nfunc f() { for totalAmount := range o.${N} { switch { case o[0].${N} > 1: o.${N}() } } }`,
    ],
    [
      "decoy: type parameter, constant, embedded from a package",
      `package p\ntype T[totalAmount any] struct { x totalAmount; pkg.totalAmount }\nconst totalAmount = 1`,
    ],
    [
      "decoy: name for reflection, JSON in a string",
      'package p\nvar x = v.FieldByName("totalAmount")\nvar y = `{"totalAmount": 1}`',
    ],
    ["allowed: block comment above", `package p\n/* Valid usage */\nvar x = o.totalAmount`],
  ]),
  ...allowedAbove(),
];

/** `unless` in files that are not parsed, on the line above, as their languages write comments. */
function allowedAbove(): readonly CorpusRow[] {
  const comments: Readonly<Record<string, string>> = {
    "a.rb": "# Valid usage",
    "a.php": "// Valid usage",
    "a.rs": "/// Valid usage",
    "a.kt": "/* Valid usage */",
    "a.sql": "-- Valid usage",
    "a.hs": "{- Valid usage -}",
    "a.ml": "(* Valid usage *)",
    "a.clj": ";; Valid usage",
    "a.tex": "% Valid usage",
    "a.xml": "<!-- Valid usage -->",
    "a.vb": "' Valid usage",
    "a.f90": "! Valid usage",
    "a.bat": ":: Valid usage",
    "a.cmd": "REM Valid usage",
    "a.cshtml": "@* Valid usage *@",
    "a.jsp": "<%-- Valid usage --%>",
    "a.erb": "<%# Valid usage %>",
    "a.haml": "-# Valid usage",
    "a.hbs": "{{!-- Valid usage --}}",
    "a.blade.php": "{{-- Valid usage --}}",
    "a.twig": "{# Valid usage #}",
    "a.liquid": "{%- comment -%} Valid usage {%- endcomment -%}",
    "a.tpl": "{* Valid usage *}",
  };
  return Object.entries(comments).flatMap(([path, comment]) =>
    rows(`src/${path}`, [
      [`allowed: ${comment}`, `x\n  ${comment}\n  order.totalAmount\n`],
      [`not allowed: two lines below ${comment}`, `${comment}\n\norder.${N}\n`],
    ]),
  );
}
