import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { sign } from "@octokit/webhooks-methods";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { News, Queue } from "../../src/reconcile/queue.ts";
import { deliver, OLD_SECRET, type Receiver, SECRET, startReceiver } from "../support/receiver.ts";

const FROM = {
  installation: { id: 5 },
  repository: { id: 100, name: "shop", owner: { login: "acme" } },
  sender: { login: "ana", type: "User" },
};
const LABELED = JSON.stringify({
  action: "labeled",
  issue: { number: 7, title: "Checkout \u{1f525} fails", labels: [{ name: "incident" }] },
  label: { name: "incident" },
  ...FROM,
});
const COMMENT = JSON.stringify({ action: "created", issue: { number: 7 }, comment: { id: 1 }, ...FROM });
const MEGABYTE = 1024 * 1024;

describe("intake of webhooks", () => {
  let receiver: Receiver;

  beforeEach(async () => {
    receiver = await startReceiver();
  });

  afterEach(async () => {
    await receiver.stop();
  });

  const send = (body: string | Buffer, headers = {}, event = "issues") =>
    deliver(receiver.url, event, body, headers);

  async function expectNothingStored(): Promise<void> {
    expect(await receiver.queue.status()).toMatchObject({ waiting: 0, running: 0 });
  }

  async function expectStillAlive(): Promise<void> {
    expect(await send(LABELED)).toEqual({ status: 202, body: { result: "accepted" } });
  }

  it("a signed label is stored before it is answered", async () => {
    expect(await send(LABELED)).toEqual({ status: 202, body: { result: "accepted" } });
    expect(await receiver.queue.take()).toMatchObject({ key: "incident|5|acme/shop|7" });
  });

  describe("S1: signatures that are none", () => {
    const right = "0".repeat(64);
    it.each([
      ["missing", null],
      ["empty", ""],
      ["of the old kind", `sha1=${"0".repeat(40)}`],
      ["only a prefix", "sha256="],
      ["too short", `sha256=${right.slice(1)}`],
      ["too long", `sha256=${right}0`],
      ["not hexadecimal", `sha256=${"z".repeat(64)}`],
      ["in capitals", `SHA256=${right}`],
      ["wrong", `sha256=${right}`],
    ])("%s", async (_what, signature) => {
      const { status } = await send(LABELED, { "x-hub-signature-256": signature });
      expect(status).toBe(401);
      await expectNothingStored();
      await expectStillAlive();
    });

    it("two headers, one of them right", async () => {
      const both = [await sign(SECRET, LABELED), `sha256=${right}`];
      expect((await send(LABELED, { "x-hub-signature-256": both })).status).toBe(401);
      expect((await send(LABELED, { "x-hub-signature-256": both.toReversed() })).status).toBe(401);
      await expectNothingStored();
    });

    it("and the log holds nothing of the body", async () => {
      await send(LABELED, { "x-hub-signature-256": `sha256=${right}` });
      expect(receiver.log).toHaveLength(1);
      expect(receiver.log[0]).toMatchObject({ level: "warn", msg: "Webhook with a wrong signature" });
      expect(receiver.rawLog()).not.toMatch(/Checkout|acme|ana/u);
    });
  });

  it("S2: a wrong secret is refused, the old one is accepted while it is listed", async () => {
    const by = async (secret: string) => ({ "x-hub-signature-256": await sign(secret, LABELED) });
    expect((await send(LABELED, await by("d41d8cd98f00b204e9800998ecf8427e"))).status).toBe(401);
    expect((await send(LABELED, await by(OLD_SECRET))).status).toBe(202);
    expect((await send(LABELED, await by(SECRET))).status).toBe(202);
  });

  it("S3: the same content written differently does not have the signature of the original", async () => {
    const signature = { "x-hub-signature-256": await sign(SECRET, LABELED) };
    const parsed = JSON.parse(LABELED) as Record<string, unknown>;
    const reordered = JSON.stringify(Object.fromEntries(Object.entries(parsed).toReversed()));
    const escaped = LABELED.replace("\u{1f525}", "\\ud83d\\udd25");
    expect(JSON.parse(escaped)).toEqual(parsed);
    expect((await send(reordered, signature)).status).toBe(401);
    expect((await send(escaped, signature)).status).toBe(401);
    expect((await send(LABELED, signature)).status).toBe(202);
  });

  it("S3: bytes that are no UTF-8 are signed as they are", async () => {
    const bytes = Buffer.concat([
      Buffer.from(LABELED.slice(0, -1)),
      Buffer.from([0xff, 0xfe]),
      Buffer.from("}"),
    ]);
    const signatureOfText = { "x-hub-signature-256": await sign(SECRET, bytes.toString()) };
    expect((await send(bytes, signatureOfText)).status).toBe(401);
  });

  it("S4: a replay under a new GUID coalesces with what waits; under the old one it is a duplicate", async () => {
    const id = { "x-github-delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958" };
    expect((await send(LABELED, id)).body).toEqual({ result: "accepted" });
    expect(await send(LABELED, id)).toEqual({ status: 202, body: { result: "duplicate" } });
    expect((await send(LABELED)).body).toEqual({ result: "accepted" });
    expect((await receiver.queue.status()).waiting).toBe(1);
  });

  it("F9: of ten copies at the same moment one is accepted", async () => {
    const id = { "x-github-delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958" };
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(LABELED, id)));
    expect(answers.filter(({ body }) => body["result"] === "accepted")).toHaveLength(1);
    expect(answers.filter(({ body }) => body["result"] === "duplicate")).toHaveLength(9);
  });

  it("S5: the body of a comment sent as issues has no effect", async () => {
    expect(await send(COMMENT, {}, "issues")).toMatchObject({ status: 400 });
    await expectNothingStored();
    expect((await send(COMMENT, {}, "issue_comment")).body).toEqual({ result: "accepted" });
  });

  it("S6: a delivery without an id is refused", async () => {
    expect((await send(LABELED, { "x-github-delivery": null })).status).toBe(400);
    await expectNothingStored();
  });

  it.each([
    ["x-github-delivery", "\u001b[31mred"],
    ["x-github-delivery", "a".repeat(10_000)],
    ["x-github-delivery", "a, b"],
    ["x-github-event", "issues\u001b[0m"],
    ["x-github-event", "i".repeat(10_000)],
    ["x-github-event", ""],
  ])("S7: a %s header that is none is refused and not logged", async (name, value) => {
    // Node refuses to send control characters, so the request is written by hand.
    const answer = await raw(
      receiver.url,
      `POST /api/github/webhooks HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\ncontent-type: application/json\r\n${
        name === "x-github-event" ? "x-github-delivery: 1-2" : "x-github-event: issues"
      }\r\nx-hub-signature-256: sha256=${"0".repeat(64)}\r\n${name}: ${value}\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 400 /u);
    expect(receiver.rawLog()).not.toMatch(/\u001b|aaaa|iiii/u);
    await expectStillAlive();
  });

  it("S7: a line feed in a header cannot forge a line of the log", async () => {
    await raw(
      receiver.url,
      `POST /api/github/webhooks HTTP/1.1\r\nhost: x\r\nx-github-event: issues\nlevel: forged\r\n\r\n`,
    );
    expect(receiver.rawLog()).not.toContain("forged");
    await expectStillAlive();
  });

  describe("S8: size and shape", () => {
    const padded = (bytes: number) => {
      const start = `${LABELED.slice(0, -1)},"padding":"`;
      return `${start}${"x".repeat(bytes - Buffer.byteLength(start) - 2)}"}`;
    };

    /** A body that is right but for a part that is 100,000 deep. */
    const nested = (open: string, close: string, inside = "") =>
      `${LABELED.slice(0, -1)},"deep":${open.repeat(100_000)}${inside}${close.repeat(100_000)}}`;

    it("25 MB are accepted", async () => {
      expect(await send(padded(25 * MEGABYTE))).toEqual({ status: 202, body: { result: "accepted" } });
    });

    it("26 MB are refused, announced or not", async () => {
      const body = padded(26 * MEGABYTE);
      expect((await send(body)).status).toBe(413);
      expect((await send(body, { "transfer-encoding": "chunked" })).status).toBe(413);
      await expectNothingStored();
      await expectStillAlive();
    });

    it("26 MB that are announced are refused before they are sent", async () => {
      const answer = await raw(
        receiver.url,
        `POST /api/github/webhooks HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nx-github-event: issues\r\nx-github-delivery: 1-2\r\nx-hub-signature-256: sha256=${"0".repeat(64)}\r\ncontent-length: ${26 * MEGABYTE}\r\n\r\n`,
      );
      expect(answer).toMatch(/^HTTP\/1\.1 413 /u);
    });

    it("compressed bodies are refused, so no bomb is unpacked", async () => {
      const bomb = gzipSync(Buffer.alloc(10 * MEGABYTE));
      expect((await send(bomb, { "content-encoding": "gzip" })).status).toBe(415);
      await expectStillAlive();
    });

    it.each([
      ["lists", 400, nested("[", "]")],
      ["objects", 400, nested('{"a":', "}", "1")],
      ["no JSON", 400, "payload=%7B%7D"],
      ["half of it", 400, LABELED.slice(0, 40)],
      ["nothing", 401, ""],
    ])("%s", async (_what, status, body) => {
      expect((await send(body)).status).toBe(status);
      await expectNothingStored();
      await expectStillAlive();
    });

    it("braces inside of a text are not depth", async () => {
      const title = `"${"[{".repeat(1000)}\\" ]}`;
      const body = LABELED.replace("Checkout", JSON.stringify(title).slice(1, -1));
      expect((await send(body)).status).toBe(202);
    });

    it("a form is refused with what to set", async () => {
      const form = { "content-type": "application/x-www-form-urlencoded" };
      expect(await send(LABELED, form)).toEqual({
        status: 415,
        body: { error: "set the webhook's content type to application/json" },
      });
    });
  });

  it("S10: the word development, Probot's secret where none is set, signs nothing", async () => {
    const signature = { "x-hub-signature-256": await sign("development", LABELED) };
    expect((await send(LABELED, signature)).status).toBe(401);
  });

  it("an event that concerns nothing is answered and not stored", async () => {
    const ping = JSON.stringify({ zen: "Keep it logically awesome.", hook_id: 1 });
    expect((await send(ping, {}, "ping")).body).toMatchObject({ result: "ignored" });
    await expectNothingStored();
  });

  it("other paths and methods are answered with what is wrong", async () => {
    expect((await fetch(`${receiver.url}/api/github/webhooks`)).status).toBe(405);
    expect((await fetch(`${receiver.url}/nothing`)).status).toBe(404);
  });
});

describe("intake in bad times", () => {
  it("S8: a client that sends a byte now and then is cut off", async () => {
    const receiver = await startReceiver({ requestTimeoutMs: 400 });
    const started = performance.now();
    const head = `POST /api/github/webhooks HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nx-github-event: issues\r\nx-github-delivery: 1-2\r\nx-hub-signature-256: sha256=${"0".repeat(64)}\r\ncontent-length: 1000\r\n\r\n`;
    const answer = await raw(receiver.url, head, 50);
    expect(answer).toMatch(/^HTTP\/1\.1 408 /u);
    // Long before its last byte.
    expect(performance.now() - started).toBeLessThan(40_000);
    expect((await deliver(receiver.url, "issues", LABELED)).status).toBe(202);
    await receiver.stop();
  });

  it("what could not be stored is answered with 503, so that GitHub notes the failure, and no secret is told", async () => {
    const receiver = await startReceiver({
      wrap: () => ({ add: () => Promise.reject(new Error(`disk full, secret ${SECRET}`)) }),
    });
    const answer = await deliver(receiver.url, "issues", LABELED);
    expect(answer).toEqual({ status: 503, body: { error: "the webhook could not be stored" } });
    expect(receiver.log).toHaveLength(1);
    expect(receiver.rawLog()).toContain("disk full");
    expect(receiver.rawLog()).not.toContain(SECRET);
    await receiver.stop();
  });

  it("the answer waits until the news is stored", async () => {
    const order: string[] = [];
    const slowly = (queue: Queue) => ({
      async add(news: News) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        const isNew = await queue.add(news);
        order.push("stored");
        return isNew;
      },
    });
    const receiver = await startReceiver({ wrap: slowly });
    await deliver(receiver.url, "issues", LABELED);
    order.push("answered");
    expect(order).toEqual(["stored", "answered"]);
    await receiver.stop();
  });
});

/** Writes a request by hand; with `dripMs`, goes on with one byte at a time. Resolves to what came back before the end. */
function raw(url: string, request: string, dripMs?: number): Promise<string> {
  return new Promise((resolve) => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    let answer = "";
    const drip = dripMs === undefined ? undefined : setInterval(() => socket.write(" "), dripMs);
    socket.on("data", (chunk) => {
      answer += chunk.toString("latin1");
      if (drip === undefined) socket.end();
    });
    // A connection that is cut off may end in an error: what counts is what was answered before.
    socket.on("error", () => undefined);
    socket.on("close", () => {
      clearInterval(drip);
      resolve(answer);
    });
    socket.write(request, "latin1");
  });
}
