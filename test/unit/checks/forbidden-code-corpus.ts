/**
 * What the short form `forbid: totalAmount` must see and must not see. To add a case, add a row. In `code` each «totalAmount» is a
 * use that must be found at exactly that place (the marks are taken out first); every other mention must stay unfound.
 */
export interface CorpusRow {
  readonly name: string;
  /** Decides the language. */
  readonly path: string;
  readonly code: string;
  /** Forms of the findings, in order. Left out: only the places count. */
  readonly forms?: readonly string[];
}

function rows(
  path: string,
  cases: readonly (readonly [name: string, code: string, ...forms: string[]])[],
): CorpusRow[] {
  return cases.map(([name, code, ...forms]) => ({
    name: `${path.slice(path.lastIndexOf(".") + 1)}: ${name}`,
    path,
    code,
    ...(forms.length === 0 ? {} : { forms }),
  }));
}

const N = "«totalAmount»";

const javascript = rows("src/pay.js", [
  ["member access", `charge(order.${N});`, "member access"],
  ["member access over two lines", `charge(\n  order\n    .${N}\n);`, "member access"],
  ["member access of a call", `orderOf(7).${N}.toFixed(2);`, "member access"],
  ["assignment to a member", `order.${N} = 1;`, "member access"],
  ["call of a method", `order.${N}();`, "member access"],
  ["delete of a member", `delete order.${N};`, "member access"],
  ["two uses on one line", `a.${N} + b.${N};`, "member access", "member access"],
  ["optional chaining", `charge(order?.${N});`, "optional chaining"],
  ["optional chaining in a chain", `order?.payment?.${N}?.value;`, "optional chaining"],
  ["computed string key, double quotes", `order["${N}"];`, "computed string key"],
  ["computed string key, single quotes", `order['${N}'];`, "computed string key"],
  ["computed string key, template", `order[\`${N}\`];`, "computed string key"],
  ["computed string key, optional", `order?.["${N}"];`, "computed string key"],
  ["computed string key in parentheses", `order[("${N}")];`, "computed string key"],
  ["computed string key chosen by a condition", `order[old ? "${N}" : "amount"];`, "computed string key"],
  ["object key", `const o = { ${N}: 1 };`, "object key"],
  ["object key in quotes", `const o = { "${N}": 1 };`, "object key"],
  ["object key, computed", `const o = { ["${N}"]: 1 };`, "object key"],
  ["method of an object", `const o = { ${N}() { return 1; } };`, "object key"],
  ["getter of an object", `const o = { get ${N}() { return 1; } };`, "object key"],
  ["shorthand", `send({ ${N} });`, "shorthand property"],
  ["shorthand among others", `send({ id, ${N}, ...rest });`, "shorthand property"],
  ["destructuring", `const { ${N} } = order;`, "destructuring"],
  ["destructuring with rename", `const { ${N}: total } = order;`, "destructuring"],
  ["destructuring with rename of a quoted key", `const { "${N}": total } = order;`, "destructuring"],
  ["destructuring with default", `const { ${N} = 0 } = order;`, "destructuring"],
  ["destructuring with rename and default", `const { ${N}: total = 0 } = order;`, "destructuring"],
  ["destructuring, computed key", `const { ["${N}"]: total } = order;`, "destructuring"],
  ["destructuring of a parameter", `function pay({ ${N} }) {}`, "destructuring"],
  ["destructuring, nested", `const { order: { ${N} } } = event;`, "destructuring"],
  ["destructuring in an assignment", `({ ${N} = 1 } = order);`, "destructuring"],
  ["destructuring in a loop", `for (const { ${N} } of orders) {}`, "destructuring"],
  ["class field", `class Order { ${N} = 0; }`, "class field"],
  ["class field without a value", `class Order { ${N}; }`, "class field"],
  ["static class field", `class Order { static ${N} = 0; }`, "class field"],
  ["class field in quotes", `class Order { "${N}" = 0; }`, "class field"],
  ["accessor of a class", `class Order { get ${N}() { return 1; } }`, "class field"],
  ["method of a class", `class Order { async ${N}() {} }`, "class field"],
  ["key of in", `if ("${N}" in order) {}`, "key of in"],
  ["inside a template string", "log(`total: ${order." + N + "}`);", "member access"],
  ["after a BOM", `\uFEFForder.${N};`, "member access"],
  ["with CRLF line ends", `a();\r\norder.${N};\r\n`, "member access"],
  ["after an emoji and wide letters", `log("💳 支払い"); order.${N};`, "member access"],
  ["behind a NUL byte", `/* \0 */ order.${N};`, "member access"],
  ["in code that does not parse", `function ( {{{ order.${N};`],
  [
    "between conflict markers",
    `<<<<<<< HEAD\npay(order.${N});\n=======\npay(order.amount);\n>>>>>>> develop\n`,
  ],
  ["after a hashbang", `#!/usr/bin/env node\norder.${N};`],
  ["decoy: line comment", `// order.totalAmount\norder.amount;`],
  ["decoy: block comment", `/* { totalAmount: 1 } */ order.amount;`],
  ["decoy: JSDoc", `/** @param {{ totalAmount: number }} order */\nfunction pay(order) {}`],
  ["decoy: plain string", `log("order.totalAmount is gone");`],
  ["decoy: plain string of only the name", `log("totalAmount");`],
  ["decoy: string compared", `if (key === "totalAmount") {}`],
  ["decoy: string in an array", `const keys = ["totalAmount"];`],
  ["decoy: string as value of a key", `const o = { field: "totalAmount" };`],
  ["decoy: string that is indexed", `"totalAmount"[0];`],
  ["decoy: string passed on in an index", `order[translate("totalAmount")];`],
  ["decoy: template string", "log(`totalAmount`);"],
  ["decoy: regular expression", `/totalAmount/.test(text);`],
  ["decoy: longer name", `order.totalAmounts + order.totalAmountCents;`],
  ["decoy: longer name in front", `order.subtotalAmount;`],
  ["decoy: other case", `order.totalamount + order.TotalAmount + order.TOTALAMOUNT;`],
  ["decoy: snake case around it", `order.totalAmount_ + order._totalAmount + order.$totalAmount;`],
  ["decoy: private field", `class Order { #totalAmount = 1; sum() { return this.#totalAmount; } }`],
  ["decoy: variable", `const totalAmount = order.amount; charge(totalAmount);`],
  ["decoy: parameter", `function pay(totalAmount) { return totalAmount; }`],
  ["decoy: function", `function totalAmount() {}\ntotalAmount();`],
  ["decoy: value of a renamed key", `const { amount: totalAmount } = order; send({ amount: totalAmount });`],
  ["decoy: import and export", `import { totalAmount } from "./sum.js"; export { totalAmount };`],
  ["decoy: label", `totalAmount: for (;;) { break totalAmount; }`],
  ["decoy: computed by a variable", `order[totalAmount];`],
  ["allowed: comment behind", `charge(order.totalAmount); // Valid usage`],
  ["allowed: comment with more words", `charge(order.totalAmount); // Valid usage: the old API of the bank`],
  ["allowed: comment in front", `/* Valid usage */ charge(order.totalAmount);`],
  ["allowed: comment above", `// Valid usage\ncharge(order.totalAmount);`],
  ["allowed: block comment of two lines above", `/*\n * Valid usage */\ncharge(order.totalAmount);`],
  ["not allowed: comment two lines above", `// Valid usage\n\ncharge(order.${N});`],
  ["not allowed: comment below", `charge(order.${N});\n// Valid usage`],
  ["not allowed: comment behind the line above", `a(order.totalAmount); // Valid usage\nb(order.${N});`],
  ["not allowed: phrase in a string", `log("Valid usage"); charge(order.${N});`],
  ["not allowed: phrase inside another word", `charge(order.${N}); // InValid usage`],
  ["not allowed: other case", `charge(order.${N}); // valid usage`],
]);

const typescript = rows("src/pay.ts", [
  ["type member", `interface Order { ${N}: number }`, "type member"],
  ["optional and readonly type member", `type Order = { readonly ${N}?: number };`, "type member"],
  ["type member in quotes", `type Order = { "${N}": number };`, "type member"],
  ["method signature", `interface Order { ${N}(): number }`, "type member"],
  ["getter signature", `interface Order { get ${N}(): number }`, "type member"],
  ["indexed access type", `type Total = Order["${N}"];`, "type member"],
  ["mapped type", `type Old = { [K in "${N}"]: number };`, "type member"],
  ["Pick", `type Old = Pick<Order, "id" | "${N}">;`, "type member"],
  ["Omit", `type New = Omit<Order, "${N}">;`, "type member"],
  ["enum member", `enum Field { ${N}, amount }`, "type member"],
  ["enum member with value", `enum Field { ${N} = "x" }`, "type member"],
  ["typeof query", `let total: typeof order.${N};`, "member access"],
  ["class field with modifiers", `class Order { private readonly ${N}: number = 0; }`, "class field"],
  ["declared class field", `class Order { declare ${N}: number; }`, "class field"],
  ["abstract class member", `abstract class Order { abstract ${N}(): number; }`, "class field"],
  [
    "field declared by a constructor parameter",
    `class Order { constructor(private readonly ${N}: number) {} }`,
    "class field",
  ],
  ["after a non-null assertion", `order!.${N};`, "member access"],
  ["after a cast", `(order as Old).${N};`, "member access"],
  ["computed key with as const", `order["${N}" as const];`, "computed string key"],
  ["object checked by satisfies", `const o = { ${N}: 1 } satisfies Old;`, "object key"],
  [
    "typed destructuring names it twice",
    `const { ${N} }: { ${N}: number } = order;`,
    "destructuring",
    "type member",
  ],
  ["decoy: literal type", `let key: "totalAmount" | "amount";`],
  ["decoy: parameter with a type", `function pay(totalAmount: number) {}`],
  ["decoy: constructor parameter that is no field", `class A { constructor(totalAmount: number) {} }`],
  ["decoy: type of that name", `type totalAmount = number; let x: totalAmount;`],
  ["decoy: type of a namespace", `let x: Money.totalAmount;`],
  ["allowed: comment above a type member", `interface Order {\n  // Valid usage\n  totalAmount: number;\n}`],
]);

const tsx = rows("src/cart.tsx", [
  ["JSX attribute", `const a = <Price ${N}={1} />;`, "JSX attribute"],
  ["JSX attribute without a value", `const a = <Price ${N} />;`, "JSX attribute"],
  ["expression in JSX", `const a = <p>{order.${N}}</p>;`, "member access"],
  ["spread object in JSX", `const a = <Price {...{ ${N}: 1 }} />;`, "object key"],
  ["props destructured", `export function Price({ ${N} }: Props) { return <b>{1}</b>; }`, "destructuring"],
  ["member as element", `const a = <order.${N} />;`, "member access"],
  ["decoy: text in JSX", `const a = <p>totalAmount of order.totalAmount</p>;`],
  ["decoy: value of a JSX attribute", `const a = <Price name="totalAmount" />;`],
  ["decoy: variable in JSX", `const a = <p>{totalAmount}</p>;`],
  ["decoy: comment in JSX", `const a = <p>{/* order.totalAmount */}</p>;`],
  [
    "allowed: comment in JSX on the line above",
    `const a = (\n  <p>\n    {/* Valid usage */}\n    {order.totalAmount}\n  </p>\n);`,
  ],
]);

const jsx = rows("src/cart.jsx", [
  ["JSX attribute in JavaScript", `const a = <Price ${N}={order.${N}} />;`, "JSX attribute", "member access"],
]);

const otherExtensions = [
  ...rows("src/a.mjs", [["member access", `order.${N};`, "member access"]]),
  ...rows("src/a.cjs", [["member access", `order.${N};`, "member access"]]),
  ...rows("src/a.mts", [["type member", `type O = { ${N}: 1 };`, "type member"]]),
  ...rows("src/a.cts", [["type member", `type O = { ${N}: 1 };`, "type member"]]),
  ...rows("src/A.JS", [["name in capitals", `order.${N};`, "member access"]]),
];

const html = rows("src/cart.html", [
  ["script", `<p>a</p>\n<script>\n  pay(order.${N});\n</script>`, "member access"],
  ["script in TypeScript", `<script lang="ts">interface O { ${N}: number }</script>`, "type member"],
  ["attribute", `<price ${N}="1"></price>`, "attribute"],
  ["bound attribute of a framework", `<price :${N}="x" [${N}]="x" v-bind:${N}.sync="x"></price>`],
  ["event handler", `<button onclick="pay(order.${N})">Pay</button>`, "member access"],
  ["expression of a bound attribute", `<price :value="order.${N}"></price>`, "member access"],
  ["interpolation", `<p>{{ order.${N} | currency }}</p>`, "member access"],
  [
    "template in a script element",
    `<script type="text/template"><price ${N}="1"></price></script>`,
    "attribute",
  ],
  ["decoy: text", `<p>totalAmount</p>`],
  ["decoy: comment", `<!-- order.totalAmount -->`],
  ["decoy: value of an attribute", `<p title="totalAmount" class="totalAmount"></p>`],
  ["decoy: comment in a script", `<script>// order.totalAmount\n</script>`],
  ["allowed: comment above", `<!-- Valid usage -->\n<price totalAmount="1"></price>`],
]);

const css = rows("src/cart.css", [
  ["property", `.a { ${N}: 1; }`, "CSS property"],
  ["attribute selector", `price[${N}] { color: red; }`, "attribute selector"],
  ["decoy: class and id", `.totalAmount, #totalAmount { color: red; }`],
  ["decoy: comment", `/* totalAmount: 1; */`],
  ["decoy: string", `.a::before { content: "totalAmount"; }`],
]);

const python = rows("src/pay.py", [
  ["member access", `charge(order.${N})`, "member access"],
  ["computed string key", `charge(order["${N}"])`, "computed string key"],
  ["key of a dictionary", `send({"${N}": 1})`, "object key"],
  ["keyword argument", `Order(${N}=1)`, "keyword argument"],
  ["class field", `class Order:\n    ${N}: int = 0\n`, "class field"],
  [
    "property of a class",
    `class Order:\n    @property\n    def ${N}(self):\n        return 1\n`,
    "class field",
  ],
  ["pattern", `match order:\n    case {"${N}": total}:\n        pass\n`, "destructuring"],
  ["key of in", `if "${N}" in order:\n    pass\n`, "key of in"],
  ["inside an f-string", `print(f"{order.${N}}")`, "member access"],
  ["decoy: comment, docstring, string", `"""order.totalAmount"""\n# order.totalAmount\nprint("totalAmount")`],
  ["decoy: variable and parameter", `def pay(totalAmount):\n    total = totalAmount\n`],
  ["decoy: function of a module", `def totalAmount():\n    pass\n`],
  ["allowed: comment behind", `charge(order.totalAmount)  # Valid usage`],
]);

const java = rows("src/Pay.java", [
  ["field access", `class A { int f(Order o) { return o.${N}; } }`, "member access"],
  ["method call", `class A { int f(Order o) { return o.${N}(); } }`, "member access"],
  ["method reference", `class A { Object f = (Supplier) Order::${N}; }`, "member access"],
  ["field", `class Order { private int ${N} = 1; }`, "class field"],
  ["method", `class Order { int ${N}() { return 1; } }`, "class field"],
  ["record component", `record Order(int ${N}) {}`, "class field"],
  ["serialised name", `class Order { @JsonProperty("${N}") int amount; }`, "serialised name"],
  ["decoy: comment and string", `class A { /* o.totalAmount */ String s = "totalAmount"; } // totalAmount`],
  ["decoy: local variable and parameter", `class A { void f(int totalAmount) { int x = totalAmount; } }`],
  ["allowed: comment above", `class A {\n  // Valid usage\n  int totalAmount;\n}`],
]);

const go = rows("src/pay.go", [
  ["field access", `package p\nfunc f(o Order) int { return o.${N} }`, "member access"],
  ["field of a struct", `package p\ntype Order struct { ${N} int }`, "type member"],
  ["key of a literal", `package p\nvar o = Order{${N}: 1}`, "object key"],
  ["key of a map", `package p\nfunc f() { m["${N}"] = 1 }`, "computed string key"],
  ["key of a map literal", `package p\nvar m = map[string]int{"${N}": 1}`, "object key"],
  [
    "serialised name",
    'package p\ntype O struct { Amount int `json:"' + N + ',omitempty"` }',
    "serialised name",
  ],
  ["decoy: comment and string", `package p\n// o.totalAmount\nvar s = "totalAmount"`],
  ["decoy: variable", `package p\nfunc f() { totalAmount := 1; g(totalAmount) }`],
  ["allowed: comment behind", `package p\nfunc f(o Order) int { return o.totalAmount } // Valid usage`],
]);

const words = [
  ...rows("src/query.sql", [
    ["word", `select ${N} from orders;`, "word"],
    ["word in a comment counts", `-- ${N}\nselect amount from orders;`, "word"],
    ["decoy: longer names", `select totalAmounts, subtotalAmount, totalAmount2, $totalAmount from orders;`],
    ["allowed: same line", `select totalAmount from orders; -- Valid usage`],
    ["allowed: comment above", `-- Valid usage\nselect totalAmount from orders;`],
    ["not allowed: text above that is no comment", `Valid usage\nselect ${N} from orders;`],
  ]),
  ...rows("src/order.json", [["word", `{ "${N}": 1 }`, "word"]]),
  ...rows("src/Makefile", [["file without an extension", `pay:\n\techo ${N}\n`, "word"]]),
  ...rows("src/pay.rb", [["a language without a grammar", `charge(order.${N})`, "word"]]),
];

export const FORBIDDEN_CODE_CORPUS: readonly CorpusRow[] = [
  ...javascript,
  ...typescript,
  ...tsx,
  ...jsx,
  ...otherExtensions,
  ...html,
  ...css,
  ...python,
  ...java,
  ...go,
  ...words,
];
