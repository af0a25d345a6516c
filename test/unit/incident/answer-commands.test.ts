import { describe, expect, it } from "vitest";
import { configOf } from "../../../src/config/schema.ts";
import { acceptanceOf, loginsToAuthorise } from "../../../src/incident/acceptance.ts";
import { adoptionsInForce } from "../../../src/incident/adoptions.ts";
import { decisionsOf } from "../../../src/incident/decisions.ts";
import { factsOf } from "../../../src/incident/facts-of.ts";
import { acceptedCommands, unansweredComments } from "../../../src/incident/replies.ts";
import type { IncidentState } from "../../../src/incident/state.ts";
import type { CommentFacts } from "../../../src/incident/state/issue-facts.ts";
import { settle } from "../../support/ideal-world.ts";
import { inIssue, plannedKeys, plannedWork } from "../../support/planned.ts";
import { plainRenderer } from "../../support/plain-renderer.ts";
import {
  aBranch,
  aComment,
  aCommit,
  aLabelEvent,
  aPullRequest,
  aStatusComment,
  appActor,
  at,
  backMergeBranch,
  carriedBack,
  closed,
  commits,
  fixPushed,
  ghost,
  hotfixBranch,
  labelled,
  landed,
  leo,
  merged,
  opened,
  ourComment,
  permission,
  released,
  shaOf,
  shopConfig,
  stranger,
} from "../../support/state-builder.ts";

const world = { context: { config: shopConfig, render: plainRenderer } };
const may = { leo: permission("maintain"), stranger: permission("pull"), ana: permission("push") };

function says(body: string, over: Partial<CommentFacts> = {}): CommentFacts {
  return aComment(9100, { author: leo, body, createdAt: at("14:45"), ...over });
}

/** The state with comments of people, who have their permissions. */
function hears(state: IncidentState, ...comments: readonly CommentFacts[]): IncidentState {
  return { ...state, comments: [...state.comments, ...comments], permissions: may };
}

/** What the app answered, in one line. */
function answers(state: IncidentState): readonly string[] {
  return settle(state, world).state.comments.flatMap(({ body }) =>
    body.includes("kind=reply") ? [body.split("\n")[1]!] : [],
  );
}

/** After the app has answered. */
function after(state: IncidentState, ...comments: readonly CommentFacts[]): IncidentState {
  return settle(hears(state, ...comments), world).state;
}

describe("a comment with commands", () => {
  it.each([
    ["of the app", { author: appActor, isOurs: true }],
    ["of another app", { author: { login: "ci[bot]", kind: "bot" } as const }],
    ["of an account that is gone", { author: ghost }],
    ["that was edited", { editedAt: at("14:46") }],
    ["from before the declaration", { createdAt: at("14:29") }],
    ["with a command in a quote only", { body: "> /hotfix abort because no" }],
  ])("S14: %s is none", (_what, over) => {
    const state = hears(opened(), says("/hotfix abort because no", over));
    expect(unansweredComments(state, shopConfig)).toEqual([]);
    expect(settle(state, world).state.comments.some(({ body }) => body.includes("kind=reply"))).toBe(false);
  });

  it("S14: of another app counts where the configuration names it", () => {
    const config = configOf({ trigger: { apps: ["ci"] } });
    const state = hears(
      opened(),
      says("/hotfix severity high", { author: { login: "ci[bot]", kind: "bot" } }),
    );
    expect(plannedKeys(state, config)).toEqual(["comment reply"]);
  });

  it("is answered once, and first of all", () => {
    const state = hears(labelled(), says("/hotfix abort because it was nothing"));
    expect(plannedKeys(state)).toEqual(["comment reply"]);
    const settled = settle(state, world);
    expect(settled.actions.map((action) => action.kind)).toEqual(["post-comment", "write-status"]);
    expect(plannedKeys(settled.state)).toEqual([]);
  });

  it("that only asks is answered after everything is done, and tells of it", () => {
    const { rounds, state } = settle(hears(labelled(), says("/hotfix why")), world);
    expect(rounds.at(-1)?.join()).toContain("post-comment:42");
    expect(state.comments.at(-1)?.body).toContain("reply in phase fixing");
  });

  it("waits for the permission of its author, and asks for it", () => {
    const state = { ...hears(opened(), says("/hotfix again")), permissions: {} };
    expect(loginsToAuthorise(state, shopConfig)).toEqual(["leo"]);
    expect(plannedKeys(state)).not.toContain("comment reply");
  });

  it("with more than ten commands is answered for all and done for ten", () => {
    const body = Array.from({ length: 12 }, (_, index) => `/hotfix skip release/${index} because no`);
    const [answer] = answers(hears(opened(), says(body.join("\n"))));
    expect(answer?.match(/only the first 10 commands/gu)).toHaveLength(2);
  });
});

describe("what a command needs", () => {
  it.each([
    ["a reader", stranger, opened(), "/hotfix why", "it needs the permission `triage`"],
    ["a reader", stranger, opened(), "/hotfix skip develop because no", "it needs the permission `push`"],
    ["an issue that is open", leo, closed(), "/hotfix again", "the issue is closed"],
    ["something that shipped", leo, opened(), "/hotfix again", "has not shipped yet"],
    ["something that shipped", leo, opened(), "/hotfix landed develop because x", "nothing has shipped yet"],
    ["a target", leo, released(), "/hotfix landed release/9 because x", "is no target"],
    ["a target", leo, opened(), "/hotfix skip main because x", "is the production branch"],
    ["a release branch", leo, opened(), "/hotfix target feature/x because x", "no branch"],
    ["a known level", leo, opened(), "/hotfix severity awful", "there is no severity"],
    ["a branch that is there", leo, opened(), "/hotfix adopt leo/fix", "there is no branch"],
    ["a branch without a part", leo, opened(), "/hotfix adopt develop", "is a trunk or a release branch"],
    ["a pull request that is there", leo, opened(), "/hotfix adopt #999", "no such pull request"],
    ["a round that is open", leo, merged(), "/hotfix adopt leo/fix", "has shipped"],
    ["a branch of nobody else", leo, takenBy(77), "/hotfix adopt leo/fix", "is the hotfix branch of #77"],
    [
      "what is not there yet",
      leo,
      carriedBack(),
      "/hotfix skip develop because x",
      "proven to be in `develop`",
    ],
    [
      "what is not there yet",
      leo,
      carriedBack(),
      "/hotfix landed develop because x",
      "proven to be in `develop`",
    ],
    ["something to stop", leo, carriedBack(), "/hotfix abort because x", "is released as v1.2.4"],
    ["something to end", leo, closed(), "/hotfix resolved because x", "is released as v1.2.4"],
  ])("is %s: it is refused, says so and does nothing", (_what, author, state, body, why) => {
    const before = settle({ ...state, permissions: may }, world).state;
    const heard = hears(before, says(body, { author }));
    expect(answers(heard).join()).toContain(why);
    expect(acceptedCommands(settle(heard, world).state)).toEqual([]);
  });

  it("S11: is not asked again: what was accepted stands without the comment and without the role", () => {
    const accepted = after(released(), says("/hotfix skip develop because it is gone"));
    const later = {
      ...accepted,
      comments: accepted.comments.filter((comment) => comment.id !== 9100),
      permissions: { leo: permission("none") },
    };
    expect(decisionsOf(later).targets.get("develop")?.command.name).toBe("skip");
    expect(plannedWork(later)).toEqual([]);
  });

  it("S11: is recorded without a name where people may not be named, and stands without the comment too", () => {
    const open = opened();
    const inPublic = { ...open, comments: [], repository: { ...open.repository, isPrivate: false } };
    const accepted = after(inPublic, says("/hotfix skip develop because it is gone"));
    const ours = accepted.comments.filter(({ isOurs }) => isOurs).map(({ body }) => body.split("\n")[0]!);
    expect(ours.filter((body) => body.includes("kind=status") || body.includes("kind=reply"))).toHaveLength(
      2,
    );
    expect(ours.filter((body) => /\b(?:leo|ana)\b/u.test(body))).toEqual([]);
    // Who it was stands in what they wrote themselves, as long as it is there.
    expect(acceptedCommands(accepted)).toMatchObject([{ actor: "leo", isNamed: false }]);
    expect(acceptanceOf(accepted, shopConfig)).toEqual({ kind: "accepted", by: "ana" });
    const later = {
      ...accepted,
      comments: accepted.comments.filter((comment) => comment.id !== 9100),
      events: [],
      permissions: { leo: permission("none"), ana: permission("none") },
    };
    expect(decisionsOf(later).targets.get("develop")).toMatchObject({ actor: "ghost" });
    expect(acceptanceOf(later, shopConfig)).toEqual({ kind: "accepted", by: "ghost" });
    expect(factsOf(later, shopConfig).next.who).toEqual([]);
  });

  it("is asked again where somebody deleted the answer: the comment says the same thing still", () => {
    const accepted = after(opened(), says("/hotfix abort because it was nothing"));
    const without = {
      ...accepted,
      comments: accepted.comments.filter(({ body }) => !body.includes("kind=reply")),
    };
    expect(plannedKeys(without)).toEqual(["comment reply"]);
    expect(factsOf(settle(without, world).state, shopConfig).ended?.kind).toBe("abort");
  });

  it("does not trust a marker in somebody else's comment", () => {
    const forged = ourComment(9101, "reply", "x", {
      comment: "9100",
      actor: "leo",
      at: at("14:45"),
      accepted: JSON.stringify([{ line: "/hotfix abort because", round: 1, branch: null }]),
    });
    const state = opened({ comments: [aStatusComment(), { ...forged, isOurs: false, author: stranger }] });
    expect(acceptedCommands(state)).toEqual([]);
  });

  it.each(["{", "[1]", '[{"line":"/hotfix again","round":0,"branch":null}]', '{"line":"x"}'])(
    "reads nothing out of a record that somebody spoiled: %s",
    (accepted) => {
      const spoiled = ourComment(9101, "reply", "x", {
        comment: "9100",
        actor: "leo",
        at: at("14:45"),
        accepted,
      });
      expect(acceptedCommands(opened({ comments: [spoiled] }))).toEqual([]);
    },
  );
});

/** Somebody's branch, from which the app opened a pull request for that incident. */
function takenBy(number: number): IncidentState {
  const pull = { ...opened().pullRequests[0]!, number: 99, head: "leo/fix" };
  const title = `hotfix(PAYMENT-CRITICAL-${String(number).padStart(3, "0")}): Search fails`;
  return opened({
    branches: [...opened().branches, aBranch("leo/fix", [commits.fix])],
    pullRequests: [...opened().pullRequests, { ...pull, title }],
  });
}

describe("what a command does", () => {
  it("adopt takes a branch, and says what of it is on the integration branch already", () => {
    const adopting = (state: IncidentState): string =>
      answers(
        hears(settle({ ...state, permissions: may }, world).state, says("/hotfix adopt leo/fix")),
      ).join();
    const plain = opened({ branches: [...opened().branches, aBranch("leo/fix", [commits.fix])] });
    expect(adopting(plain)).toContain("comes from `leo/fix` now");
    expect(adopting(plain)).not.toContain("look at what would ship");
    const integration = { ...opened().integration!, history: [commits.fix] };
    expect(adopting({ ...plain, integration })).toContain(
      "; `develop` has 1 of its commits already: look at what would ship with it",
    );
  });

  it("start accepts an incident whose label did not count", () => {
    const state = labelled({ events: [aLabelEvent({ actor: stranger })], permissions: may });
    expect(acceptanceOf(state, shopConfig).kind).toBe("refused");
    const started = after(state, says("/hotfix start"));
    expect(acceptanceOf(started, shopConfig)).toEqual({ kind: "accepted", by: "leo" });
    expect(started.branches.map((branch) => branch.name)).toContain(hotfixBranch);
    expect(started.comments.some(({ body }) => /kind=status;.*by=leo/u.test(body))).toBe(true);
  });

  it("abort stops, and start goes on: the last one holds", () => {
    const stopped = after(fixPushed(), says("/hotfix abort because x"));
    expect(plannedKeys(stopped)).toEqual([]);
    expect(factsOf(stopped, shopConfig)).toMatchObject({
      ended: { kind: "abort", by: "leo", because: "x", left: ["#43", "#44", hotfixBranch, backMergeBranch] },
      next: { what: expect.stringContaining("Close what is left") },
    });
    const again = after(stopped, says("/hotfix start", { id: 9200 }));
    expect(factsOf(again, shopConfig).ended).toBeNull();
    expect(factsOf(again, shopConfig).phase).toBe("in review");
  });

  it("resolved writes documents without a release, closes, and leaves what is open", () => {
    const over = after(fixPushed(), says("/hotfix resolved because the flag is off"));
    expect(over.issue.state).toBe("closed");
    expect(over.documents.length).toBeGreaterThanOrEqual(2);
    expect(over.tags).toEqual(fixPushed().tags);
    expect(over.pullRequests.map((pull) => pull.state)).toEqual(["open", "open"]);
    expect(over.branches).toHaveLength(2);
  });

  it("resolved does not forget what was merged", () => {
    const over = after(merged(), says("/hotfix resolved because it was the cache"));
    expect(over.releases.map((release) => release.tag)).toEqual(["v1.2.4"]);
    expect(over.issue.state).toBe("closed");
  });

  it("the closing of one round is none of the next, also where both were in the same second", () => {
    const reopened = inIssue(closed(), { state: "open", stateReason: "reopened", closedAt: null });
    const again = after(reopened, says("/hotfix again"));
    const begun = factsOf(again, shopConfig).rounds[1]?.pullRequest?.createdAt;
    const closings = (of: IncidentState) =>
      of.events.filter((event) => event.kind === "closed").map((event) => event.at);
    expect(closings(again)).toEqual([begun]);
    const over = after(again, says("/hotfix resolved because the flag is off", { id: 9200 }));
    expect(over.issue.state).toBe("closed");
    // And that of the next is its own: whoever reopens the issue has a reason.
    expect(closings(over)).toEqual([begun, begun]);
    const open = after(inIssue(over, { state: "open", stateReason: "reopened", closedAt: null }));
    expect(open.issue.state).toBe("open");
  });

  it("the closing of one round is none of the next that has no pull request", () => {
    const reopened = inIssue(closed(), { state: "open", stateReason: "reopened", closedAt: null });
    const again = after(reopened, says("/hotfix again"));
    const pulls = again.pullRequests.filter(({ head }) => head !== `${hotfixBranch}-2`);
    const over = after(
      { ...again, pullRequests: pulls },
      says("/hotfix resolved because the flag is off", { id: 9200 }),
    );
    expect(over.issue.state).toBe("closed");
    const open = after(inIssue(over, { state: "open", stateReason: "reopened", closedAt: null }));
    expect(open.issue.state).toBe("open");
  });

  it("again opens one round however many ask for it", () => {
    const state = after(
      released(),
      says("/hotfix again"),
      says("/hotfix again", { id: 9101, author: stranger }),
    );
    const twice = after(released(), says("/hotfix again"), says("/hotfix again", { id: 9101 }));
    for (const each of [state, twice]) {
      const { rounds } = factsOf(each, shopConfig);
      expect(rounds.map((round) => round.hotfixBranch)).toEqual([hotfixBranch, `${hotfixBranch}-2`]);
      expect(rounds[1]?.pullRequest?.isDraft).toBe(true);
      expect(rounds[1]?.backMerges.map((back) => back.branch)).toEqual(["backmerge/42.2-develop"]);
    }
    expect(factsOf(twice, shopConfig).times.released).toBeNull();
  });

  it("a round opened by a push starts at what was pushed", () => {
    const more = aCommit("more", { parents: [commits.fix.sha] });
    const branches = [aBranch(hotfixBranch, [more]), ...carriedBack().branches.slice(1)];
    const state = settle(carriedBack({ branches, permissions: may }), world).state;
    const second = state.branches.find((branch) => branch.name === `${hotfixBranch}-2`);
    expect(second?.commits[0]).toMatchObject({ parents: [more.sha], tree: more.tree });
    expect(state.branches.find((branch) => branch.name === hotfixBranch)?.head).toBe(more.sha);
  });

  it.each([
    ["was set back", aBranch(hotfixBranch, [{ ...commits.opening }])],
    ["was merged as it is", aBranch(hotfixBranch, [commits.fix])],
  ])("no round is opened where the branch %s", (_what, branch) => {
    expect(factsOf(released({ branches: [branch] }), shopConfig).rounds).toHaveLength(1);
  });

  it("skip takes a target off, target puts one on, and landed settles a proof with its reason", () => {
    const release = { name: "release/1.3", head: shaOf("r"), tree: shaOf("t"), excludedBecause: "it is old" };
    const targets = (state: IncidentState) =>
      factsOf(state, shopConfig).rounds[0]!.backMerges.map((each) => [each.target, each.state]);
    const base = released({ releaseBranches: [release] });
    expect(targets(after(base, says("/hotfix skip develop because x")))).toEqual([]);
    const both = after(
      opened({ releaseBranches: [release] }),
      says("/hotfix target release/1.3 because asked"),
    );
    expect(targets(both)).toEqual([
      ["develop", "waiting"],
      ["release/1.3", "waiting"],
    ]);
    expect(both.pullRequests.map((pull) => pull.base)).toContain("release/1.3");
    const settled = after(
      carriedBack({ landings: [] }),
      says(
        "/hotfix skip develop because x\n/hotfix target develop because wrong\n/hotfix landed develop because by hand",
      ),
    );
    expect(factsOf(settled, shopConfig).rounds[0]!.backMerges).toMatchObject([
      { target: "develop", state: "landed", proof: "settled", settled: { by: "leo", because: "by hand" } },
    ]);
    expect(settled.issue.state).toBe("closed");
  });

  it("severity changes the deadline, also where the form named minutes, and not the id", () => {
    const form = inIssue(opened(), { body: "### SLA minutes\n\n5\n" });
    const { severity, sla, id } = factsOf(after(form, says("/hotfix severity high")), shopConfig);
    expect([severity, sla.minutes, id]).toEqual(["high", 60, "PAYMENT-CRITICAL-042"]);
  });

  it("adopt makes a person's branch the hotfix branch, and keeps the hands off their draft and their branch", () => {
    const theirs = aBranch("leo/fix", [{ ...commits.fix, parents: [commits.base.sha] }]);
    const pull = aPullRequest({
      number: 60,
      head: "leo/fix",
      author: leo,
      headSha: theirs.head,
      changedFiles: 1,
    });
    const state = opened({
      branches: [...opened().branches, theirs],
      pullRequests: [...opened().pullRequests, pull],
    });
    const adopted = after(state, says("/hotfix adopt #60"));
    const facts = factsOf(adopted, shopConfig);
    expect(facts.rounds[0]).toMatchObject({
      hotfixBranch: "leo/fix",
      pullRequest: { number: 60, isDraft: true },
    });
    expect(facts.noticed).toContain("#43 to main is left open and not needed any more");
    expect(adopted.branches.find((branch) => branch.name === "leo/fix")).toEqual(theirs);
    const back = after(adopted, says(`/hotfix adopt ${hotfixBranch}`, { id: 9200 }));
    expect(factsOf(back, shopConfig).rounds[0]?.hotfixBranch).toBe(hotfixBranch);
  });

  it("an adopted branch is followed until its pull request is closed or the incident is ended, also where somebody closed the issue", () => {
    const theirs = aBranch("leo/fix", [{ ...commits.fix, parents: [commits.base.sha] }]);
    const pull = aPullRequest({ number: 60, head: "leo/fix", author: leo, headSha: theirs.head });
    const state = opened({
      branches: [...opened().branches, theirs],
      pullRequests: [...opened().pullRequests, pull],
    });
    const adopted = after(state, says("/hotfix adopt #60"));
    const closedIssue = inIssue(adopted, { state: "closed" });
    expect(adoptionsInForce(adopted)).toEqual(["leo/fix"]);
    expect(adoptionsInForce(closedIssue)).toEqual(["leo/fix"]);
    const isOver = { ...closedIssue, pullRequests: [{ ...pull, state: "closed" as const }] };
    expect(adoptionsInForce(isOver)).toEqual([]);
    const aborted = after(adopted, says("/hotfix abort because it was nothing", { id: 9200 }));
    expect(adoptionsInForce(inIssue(aborted, { state: "closed" }))).toEqual([]);
  });

  it("status brings a deleted status comment back until it is deleted again", () => {
    const deleted = {
      kind: "comment-deleted" as const,
      id: "CD_1",
      actor: leo,
      at: at("14:44"),
      author: appActor,
    };
    const state = opened({ comments: [], events: [aLabelEvent(), deleted] });
    expect(settle({ ...state, permissions: may }, world).state.comments).toEqual([]);
    const back = after(state, says("/hotfix status"));
    expect(back.comments.some(({ body }) => body.includes("kind=status"))).toBe(true);
    const gone = {
      ...back,
      comments: back.comments.filter(({ body }) => !body.includes("kind=status")),
      events: [...back.events, { ...deleted, id: "CD_2", at: at("14:50") }],
    };
    expect(plannedKeys(gone)).toEqual([]);
  });

  it("is told in the timeline, with who and why", () => {
    const state = after(opened(), says("/hotfix skip develop because it is frozen"));
    expect(factsOf(state, shopConfig).timeline).toContainEqual({
      at: at("14:45"),
      recordedAt: at("14:45"),
      kind: "command",
      text: "develop left out: it is frozen",
      actor: "leo",
      url: `${state.issue.url}#issuecomment-9100`,
    });
  });

  it("closes a second time after another round, and not after a mere reopening", () => {
    const reopened = inIssue(closed(), { state: "open", closedAt: null });
    expect(plannedWork(reopened)).toEqual([]);
    const again = after(reopened, says("/hotfix again"));
    expect(factsOf(again, shopConfig).phase).toBe("fixing");
    expect(factsOf(landed(), shopConfig).rounds).toHaveLength(1);
  });
});
