import { createServer } from "node:http";
import type { IncomingHttpHeaders, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { verify } from "@octokit/webhooks-methods";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ShopWorld } from "../support/shop-world.ts";

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const secret = "a long enough secret";

describe("webhooks", () => {
  let world: ShopWorld;
  let server: Server;
  let received: Received[];
  let answer: { status: number; comes: boolean };

  beforeEach(async () => {
    received = [];
    answer = { status: 200, comes: true };
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
        if (answer.comes) response.writeHead(answer.status).end("noted");
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    world = await ShopWorld.open({
      standIn: { webhookTimeoutMs: 1_500 },
      app: {
        webhookUrl: `http://127.0.0.1:${port}/hook`,
        webhookSecret: secret,
        permissions: { contents: "write" },
      },
    });
    await world.standIn.idle();
    received.length = 0;
  });
  afterEach(async () => {
    await world.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const names = (): readonly string[] => received.map((it) => String(it.headers["x-github-event"]));
  const branch = (name: string): Promise<string> => world.push("alice", `HEAD:${name}`);

  it("are signed over the raw body and carry GitHub's headers", async () => {
    await branch("a");
    await world.standIn.idle();
    expect(names().toSorted()).toEqual(["create", "push"]);
    for (const { headers, body } of received) {
      expect(await verify(secret, body, String(headers["x-hub-signature-256"]))).toBe(true);
      expect(await verify("another secret", body, String(headers["x-hub-signature-256"]))).toBe(false);
      expect(headers["user-agent"]).toMatch(/^GitHub-Hookshot\//);
      expect(headers["x-github-hook-installation-target-id"]).toBe(String(world.app.appId));
      expect(headers["x-github-hook-installation-target-type"]).toBe("integration");
      expect(headers["x-github-delivery"]).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it("reach only apps that subscribed, may know, and are not suspended", async () => {
    const deaf = world.standIn.registerApp({
      slug: "deaf",
      webhookUrl: "http://127.0.0.1:9/",
      webhookSecret: secret,
      permissions: { issues: "write" },
      events: ["push"],
    });
    world.standIn.install(deaf, "acme", ["shop"]);
    const uninterested = world.standIn.registerApp({
      slug: "uninterested",
      webhookUrl: "http://127.0.0.1:9/",
      webhookSecret: secret,
      permissions: { contents: "write" },
      events: ["create"],
    });
    world.standIn.install(uninterested, "acme", ["shop"]);
    await branch("a");
    world.standIn.suspend(world.installation);
    await branch("b");
    await world.standIn.idle();
    const deliveries = world.standIn.deliveries.filter((it) => ["push", "create"].includes(it.event));
    expect(deliveries.filter((it) => it.app.slug === "deaf")).toEqual([]);
    const heard = deliveries.filter((it) => it.app.slug === "uninterested").map((it) => it.event);
    expect(heard).toEqual(["create", "create"]);
    expect(names().filter((name) => name === "push")).toHaveLength(1);
    expect(names()).toContain("installation");
  });

  it("F11: are listed with their answers and sent again under the same GUID when asked", async () => {
    answer = { status: 500, comes: true };
    await branch("a");
    await world.standIn.idle();
    answer = { status: 200, comes: true };
    const octokit = world.asJwt();
    const { data: failed } = await octokit.rest.apps.listWebhookDeliveries({ status: "failure" });
    expect(failed.map((it) => [it.event, it.status_code, it.redelivery])).toEqual([
      ["push", 500, false],
      ["create", 500, false],
    ]);
    const { data: whole } = await octokit.rest.apps.getWebhookDelivery({ delivery_id: failed[0]?.id ?? 0 });
    expect(whole.request.payload).toMatchObject({ ref: "refs/heads/a" });
    expect(whole.response.payload).toBe("noted");
    received.length = 0;
    await octokit.rest.apps.redeliverWebhookDelivery({ delivery_id: failed[0]?.id ?? 0 });
    await world.standIn.idle();
    expect(received.map((it) => it.headers["x-github-delivery"])).toEqual([failed[0]?.guid]);
    expect(
      await verify(secret, received[0]?.body ?? "", String(received[0]?.headers["x-hub-signature-256"])),
    ).toBe(true);
    const { data: all } = await octokit.rest.apps.listWebhookDeliveries({ per_page: 1 });
    expect(all).toMatchObject([{ guid: failed[0]?.guid, redelivery: true, status_code: 200, status: "OK" }]);
  });

  it("count as failed without an answer in time, and such a failure is not in the list of failures", async () => {
    answer = { status: 200, comes: false };
    await branch("a");
    await world.standIn.idle();
    const octokit = world.asJwt();
    const { data: failures } = await octokit.rest.apps.listWebhookDeliveries({ status: "failure" });
    expect(failures).toEqual([]);
    const { data: all } = await octokit.rest.apps.listWebhookDeliveries();
    expect(all.slice(0, 2).map((it) => [it.status, it.status_code])).toEqual([
      ["timed out", 0],
      ["timed out", 0],
    ]);
  });

  it("F9, F11, F12: can be dropped, doubled, delayed, held back and reordered", async () => {
    const { faults } = world.standIn;
    faults.webhook({ event: "create", times: Infinity, effect: { kind: "drop" } });
    faults.webhook({ event: "push", effect: { kind: "duplicate-same-guid" } });
    await branch("a");
    await world.standIn.idle();
    expect(names()).toEqual(["push", "push"]);
    expect(new Set(received.map((it) => it.headers["x-github-delivery"])).size).toBe(1);
    received.length = 0;
    faults.webhook({ event: "push", effect: { kind: "duplicate-new-guid" } });
    await branch("b");
    await world.standIn.idle();
    expect(new Set(received.map((it) => it.headers["x-github-delivery"])).size).toBe(2);
    received.length = 0;
    faults.webhook({ event: "push", effect: { kind: "reorder" } });
    await branch("c");
    await branch("d");
    await world.standIn.idle();
    const refs = (): readonly unknown[] => received.map((it) => (JSON.parse(it.body) as { ref: string }).ref);
    expect(refs()).toEqual(["refs/heads/d", "refs/heads/c"]);
    received.length = 0;
    faults.webhook({ event: "push", times: 2, effect: { kind: "hold" } });
    await branch("e");
    await branch("f");
    await world.standIn.idle();
    expect(refs()).toEqual([]);
    world.standIn.releaseHeld((held) => held.toReversed());
    await world.standIn.idle();
    expect(refs()).toEqual(["refs/heads/f", "refs/heads/e"]);
  });
});
