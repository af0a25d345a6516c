import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ObservationHints } from "../../src/github/observation-hints.ts";
import { observeIncident } from "../../src/github/observe-incident.ts";
import { ConfigurationCache } from "../../src/github/read-configuration.ts";
import { readConversation } from "../../src/github/read-conversation.ts";
import { acceptedCommands } from "../../src/incident/replies.ts";
import { ourMarker } from "../../src/incident/comment-marker.ts";
import { replyMarker, unansweredComments } from "../../src/incident/replies.ts";
import { statusCommentOf } from "../../src/incident/status-comment.ts";
import { LATENCY_MS, type ObservedShop, openShop } from "../support/observed-shop.ts";

const at = { owner: "acme", repo: "shop" };

describe("an incident with 300 comments of people and 40 pushes", () => {
  let shop: ObservedShop;
  let issue: number;
  let pull: number;

  const say = async (body: string) =>
    (await shop.person("ben").octokit.rest.issues.createComment({ ...at, issue_number: issue, body })).data;
  const reply = (marker: string) =>
    shop.apply(issue, { kind: "post-comment", on: issue, marker, body: `${marker}\nAnswered.` });

  /** As after a restart: nothing is remembered of earlier observations. */
  async function observedAnew() {
    const client = await shop.client();
    const before = shop.standIn.calls.length;
    const dependencies = {
      now: Date.now,
      hints: new ObservationHints(),
      configurationCache: new ConfigurationCache(Date.now),
    };
    shop.standIn.latencyMs = LATENCY_MS;
    const observation = await observeIncident(client, issue, dependencies);
    shop.standIn.latencyMs = 0;
    const calls = shop.standIn.calls.slice(before).filter(({ path }) => !path.endsWith("/access_tokens"));
    return { ...observation!, calls: calls.length, trips: client.calls.sequentialTrips };
  }

  beforeAll(async () => {
    shop = await openShop();
    issue = await shop.declare();
    const hotfix = `hotfix/${issue}-checkout-fails`;
    pull = await shop.open(issue, hotfix, "main");
    await shop.open(issue, `backmerge/${issue}-develop`, "develop");
    const ben = shop.person("ben");
    await shop.push(hotfix, { "src/payment/processor.js": "export const read = (order) => 0;\n" });
    for (let push = 1; push < 40; push += 1) {
      await ben.write("src/payment/processor.js", `export const read = (order) => order.amount + ${push};\n`);
      await ben.commit(`fix: try ${push}`);
      await ben.git("push", "--quiet", "origin", hotfix);
    }
    await shop.standIn.idle();
    const frozen = { id: "INCIDENT-CRITICAL-001", slug: "checkout-fails", acceptedBy: "sara", event: "" };
    const status = ourMarker(issue, "status", {}, frozen);
    for (let number = 0; number < 300; number += 1) {
      const said = await say(
        number === 149
          ? "/hotfix skip develop because it has the fix"
          : number === 299
            ? "/hotfix why"
            : `Comment ${number}`,
      );
      if (number === 99)
        await shop.apply(issue, { kind: "write-status", commentId: null, body: `${status}\nStatus.` });
      if (number !== 149) continue;
      const { state } = await shop.observe(issue);
      const comment = state.comments.find(({ id }) => id === said.id)!;
      const line = "/hotfix skip develop because it has the fix";
      const accepted = [
        {
          line,
          round: 1,
          branch: null,
          basis: null,
          command: { name: "skip", branch: "develop", because: "x" },
        },
      ] as const;
      await reply(replyMarker(issue, comment, accepted, frozen, true));
    }
  }, 60_000);
  afterAll(() => shop.close());

  it("is observed in three trips and at most twelve calls, also when nothing is remembered of it", async () => {
    const first = await observedAnew();
    expect(first.trips).toBeLessThanOrEqual(3);
    expect(first.calls).toBeLessThanOrEqual(12);
    const again = await shop.counted(issue);
    expect(again.trips).toBeLessThanOrEqual(3);
    expect(again.calls.length).toBeLessThanOrEqual(12);
    expect(again.state).toEqual(first.state);
    expect(first.state.pushes).toHaveLength(41);
    expect(first.state.forecasts).toMatchObject([{ target: "develop", outcome: { kind: "clean" } }]);
  });

  it("finds status comment, replies and the last question, wherever in the conversation they are", async () => {
    const { state, config } = await observedAnew();
    expect(state.comments).toHaveLength(302);
    expect(state.comments.map(({ id }) => id)).toEqual(
      state.comments.map(({ id }) => id).toSorted((a, b) => a - b),
    );
    expect(state.comments.indexOf(statusCommentOf(state)!)).toBe(100);
    expect(acceptedCommands(state)).toMatchObject([
      { command: { name: "skip", branch: "develop" }, actor: "ben" },
    ]);
    expect(unansweredComments(state, config).map(({ body }) => body)).toEqual(["/hotfix why"]);
    const conversation = await readConversation(await shop.client(), issue);
    expect(conversation?.comments).toEqual(state.comments);
  });

  it("is observed in three trips and at most twelve calls after it has shipped, too", async () => {
    const { rest, graphql } = shop.person("olga").octokit;
    const { data } = await rest.pulls.get({ ...at, pull_number: pull });
    await graphql(
      "mutation Ready($id: ID!) { markPullRequestReadyForReview(input: { pullRequestId: $id }) { clientMutationId } }",
      { id: data.node_id },
    );
    await rest.pulls.merge({ ...at, pull_number: pull });
    await shop.standIn.idle();
    const { trips, calls, state } = await observedAnew();
    expect(state.landings.length).toBeGreaterThanOrEqual(2);
    expect({ trips, calls }).toEqual({ trips: 3, calls: expect.any(Number) as number });
    expect(calls).toBeLessThanOrEqual(12);
    expect(shop.standIn.violations).toEqual([]);
  });
});
