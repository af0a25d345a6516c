/**
 * The practice repository: a small shop with a real bug. `v1.4.2` renamed what the payment processor reads, so every checkout fails;
 * `develop` holds a feature that must not ship. File contents by path, one map for each commit.
 */

type Files = Readonly<Record<string, string>>;

export interface ShopCommit {
  readonly message: string;
  readonly daysAgo: number;
  readonly files: Files;
  readonly tag?: string;
}

const packageJson = (version: string): string =>
  `${JSON.stringify({ name: "shop", version, private: true, type: "module", scripts: { test: "node --test" } }, null, 2)}\n`;

const createOrder = `/** An order as the rest of the shop knows it: the sum to pay is \`amount\`, in cents. */
export function createOrder(cart) {
  const amount = cart.items.reduce((sum, item) => sum + item.price * item.quantity, 0);
  return { id: cart.id, amount, currency: "EUR", items: cart.items };
}
`;

const processorBefore = `import { charge } from "./gateway.js";

export async function processPayment(orderData) {
  if (!(orderData.amount > 0)) {
    throw new Error("payment refused: nothing to pay");
  }
  return charge({ order: orderData.id, cents: orderData.amount, currency: orderData.currency });
}
`;

const processorBroken = `import { charge } from "./gateway.js";

export async function processPayment(orderData) {
  if (!(orderData.totalAmount > 0)) {
    throw new Error("payment refused: nothing to pay");
  }
  const { totalAmount: cents, currency } = orderData;
  return charge({ order: orderData.id, cents, currency });
}
`;

export const processorHalfFixed = `import { charge } from "./gateway.js";

export async function processPayment(orderData) {
  if (!(orderData.amount > 0)) {
    throw new Error("payment refused: nothing to pay");
  }
  // totalAmount is what the old cart called it; a comment may say so.
  const { totalAmount: cents, currency } = orderData;
  return charge({ order: orderData.id, cents, currency });
}
`;

export const processorFixed = `import { charge } from "./gateway.js";

export async function processPayment(orderData) {
  if (!(orderData.amount > 0)) {
    throw new Error("payment refused: nothing to pay");
  }
  const { amount: cents, currency } = orderData;
  return charge({ order: orderData.id, cents, currency });
}
`;

export const processorTest = `import assert from "node:assert/strict";
import test from "node:test";
import { createOrder } from "../src/orders/create-order.js";
import { processPayment } from "../src/payment/processor.js";

test("an order that was made by the shop can be paid", async () => {
  const order = createOrder({ id: "o-1", items: [{ price: 1999, quantity: 2 }] });
  const receipt = await processPayment(order);
  assert.equal(receipt.cents, 3998);
});
`;

const gateway = `/** Stands for the payment provider. */
export async function charge({ order, cents, currency }) {
  return { order, cents, currency, paid: Number.isInteger(cents) };
}
`;

const importOldCarts = `/** Carts saved before 2024 carry the sum under its old name. */
export function amountOfOldCart(cart) {
  return cart.totalAmount; // Valid usage: the stored format
}
`;

const configuration = `# Hotfix Responder: what this repository says about its incidents.
version: 1
services:
  payment:
    paths: [src/payment/**]
    owners: ["@olga"]
    revenuePerHour: 50000
    currency: EUR
checks:
  forbid:
    - forbid: totalAmount
      use: amount
      in: [src/**/*.js, src/**/*.ts]
      unless: Valid usage
      because: orders carry amount; totalAmount is undefined and stops the checkout
`;

export const shopHistory: readonly ShopCommit[] = [
  {
    message: "feat: take orders and payments",
    daysAgo: 40,
    tag: "v1.4.0",
    files: {
      "package.json": packageJson("1.4.0"),
      "README.md": "# Shop\n\nSells things. `npm test` runs its tests.\n",
      ".github/hotfix.yml": configuration,
      "src/orders/create-order.js": createOrder,
      "src/orders/import-old-carts.js": importOldCarts,
      "src/payment/gateway.js": gateway,
      "src/payment/processor.js": processorBefore,
    },
  },
  {
    message: "fix: name the shop's currency in the order",
    daysAgo: 12,
    tag: "v1.4.1",
    files: {
      "package.json": packageJson("1.4.1"),
      "README.md": "# Shop\n\nSells things, in euro. `npm test` runs its tests.\n",
    },
  },
  {
    message: "refactor(payment): read the order's total once",
    daysAgo: 1,
    tag: "v1.4.2",
    files: { "package.json": packageJson("1.4.2"), "src/payment/processor.js": processorBroken },
  },
];

/** On develop only: unfinished, and never to be shipped by a hotfix. */
export const unfinishedFeature: ShopCommit = {
  message: "feat(loyalty): collect points (unfinished)",
  daysAgo: 0.5,
  files: {
    "src/loyalty/points.js": `/** Not finished: the rates are not agreed. */
export function pointsFor(order) {
  return Math.floor(order.amount / 100);
}
`,
    "src/orders/create-order.js": createOrder.replace(
      "return { id: cart.id,",
      "return { id: cart.id, points: Math.floor(amount / 100),",
    ),
  },
};

export const UNFINISHED_FILE = "src/loyalty/points.js";
