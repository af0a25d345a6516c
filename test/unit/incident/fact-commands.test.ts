import { describe, expect, it } from "vitest";
import { type Config, configOf } from "../../../src/config/schema.ts";
import { parseCommands } from "../../../src/incident/parse-commands.ts";
import type { IncidentFacts } from "../../../src/incident/facts.ts";
import { factsOf } from "../../../src/incident/facts-of.ts";
import { said } from "../../../src/incident/say.ts";
import type { IncidentState } from "../../../src/incident/state.ts";
import type { CommentFacts } from "../../../src/incident/state/issue-facts.ts";
import { settle } from "../../support/ideal-world.ts";
import { inIssue } from "../../support/planned.ts";
import { plainRenderer } from "../../support/plain-renderer.ts";
import { aComment, at, leo, opened, permission, released, shopConfig } from "../../support/state-builder.ts";
import { fc } from "../../support/fast-check.ts";

const may = { leo: permission("triage") };

function comment(id: number, body: string, time = at("14:45")): CommentFacts {
  return aComment(id, { author: leo, body, createdAt: time });
}

/** The state after the app has answered these comments, one after the other. */
function after(state: IncidentState, comments: readonly CommentFacts[], config: Config = shopConfig) {
  const world = { context: { config, render: plainRenderer } };
  return comments.reduce((so, each) => {
    const heard = { ...so, comments: [...so.comments, each], permissions: may };
    return settle(heard, world).state;
  }, state);
}

/** What the app answers to one comment, in one line. */
function answer(body: string, state = opened(), config: Config = shopConfig): string {
  const later = after(state, [comment(9100, body)], config);
  return later.comments.findLast((each) => each.body.includes("kind=reply"))!.body.split("\n")[1]!;
}

function factsAfter(
  bodies: readonly string[],
  state = released(),
  config: Config = shopConfig,
): IncidentFacts {
  const comments = bodies.map((body, index) => comment(9100 + index, body, at(`14:${45 + index}`)));
  return factsOf(after(state, comments, config), config);
}

describe("reading", () => {
  /** What is wrong with the line. */
  function wrong(line: string): string {
    const [parsed] = parseCommands(line);
    if (parsed === undefined || parsed.ok) return "nothing";
    return typeof parsed.why === "string" ? parsed.why : said(parsed.why, "en");
  }

  it.each([
    ["/hotfix impact-started", "say when, such as"],
    ["/hotfix recovered 14:42 because of the rollback", '"because of the rollback" is too much'],
    ["/hotfix detected later", '"later" is no time'],
    ["/hotfix note", "say what happened"],
    ["/hotfix note at 25:99 the pager rang", '"25:99 the pager rang" is no time'],
    ["/hotfix note at 14:30", "say what happened"],
    [`/hotfix note ${"x".repeat(401)}`, "write at most 400 characters"],
    ["/hotfix impact", "name at least one of revenue=, share=, tickets=, users=, from="],
    ["/hotfix impact cost=5", "there is no cost; name revenue="],
    ["/hotfix impact share=70% share=80%", "share is there twice"],
    ["/hotfix impact users=1 200", "is not of the form key=value; put a value with blanks in quotes"],
    ["/hotfix impact from=14:30", "from says since when a share holds"],
    ["/hotfix impact revenue=50000", "does not say by what time"],
    ["/hotfix impact revenue=50000/day", "does not say by what time"],
    ["/hotfix impact revenue=-50000/h", "is no amount of money; write digits, more than zero"],
    ["/hotfix impact revenue=0/h", "is no amount of money"],
    ["/hotfix impact revenue=NaN/h", "is no amount of money"],
    ["/hotfix impact revenue=1e9/h", "is no amount of money"],
    ["/hotfix impact revenue=99999999999999/h", "is no amount of money"],
    ["/hotfix impact revenue=QQQ5/h", "is in no currency that there is"],
    ["/hotfix impact share=120%", '"120%" is no share; write one above 0% and up to 100%'],
    ["/hotfix impact share=0.7", "is no share"],
    ["/hotfix impact share=-5%", "is no share"],
    ["/hotfix impact share=NaN%", "is no share"],
    ["/hotfix impact share=80-60%", "is no share"],
    ["/hotfix impact share=0%", "a share of nothing is no impact"],
    ["/hotfix impact tickets=-1", 'tickets="-1" is no whole number'],
    ["/hotfix impact tickets=1.5", "is no whole number"],
    ["/hotfix impact tickets=9999999999999", "is no whole number"],
    ["/hotfix impact users=-5", "says not how many"],
    ["/hotfix impact users=NaN", "says not how many"],
    ["/hotfix impact users=120%", "says not how many"],
    ["/hotfix metric before=1", 'name the metric first, such as "success rate"'],
    ["/hotfix metric rate", "name the metric first"],
    ['/hotfix metric "success rate"', "name at least one of before=, after=, target="],
    ['/hotfix metric "success rate" before=120%', 'before="120%" is no figure'],
    ['/hotfix metric "success rate" before=-3', "is no figure"],
    ['/hotfix metric "latency" after=99999999999999ms', "is no figure"],
    ["/hotfix cause", "name the commit by its SHA"],
  ])("%s: %s", (line, why) => {
    expect(wrong(line)).toContain(why);
  });

  it.each([
    ["/hotfix impact revenue=50000/h", { revenue: { perHour: 50_000, statedPer: "hour", currency: null } }],
    [
      '/hotfix impact revenue="EUR 833 / min"',
      { revenue: { perHour: 49_980, statedPer: "minute", currency: "EUR" } },
    ],
    ["/hotfix impact share=60-80%", { share: { share: 0.7, least: 0.6, most: 0.8 } }],
    ["/hotfix impact share=100%", { share: { share: 1, least: 1, most: 1 } }],
    ['/hotfix impact tickets=47 users="1,200"', { tickets: 47, users: "1,200" }],
    ["/hotfix impact users=“all buyers”", { users: "all buyers" }],
    ["/hotfix impact share=70% from=start", { from: "start" }],
    ["/hotfix metric latency after=1,200ms", { metric: "latency", after: { value: 1_200, unit: "ms" } }],
    ['/hotfix metric "p95" target=<=0.5s', { target: { value: 0.5, unit: "s", direction: "at most" } }],
    ["/hotfix note at last it works", { time: null, text: "at last it works" }],
    ["/hotfix note at 14:41 - the checkout answers", { text: "the checkout answers" }],
    ["/hotfix cause 4B1D0C2", { what: { sha: "4b1d0c2" } }],
    ["/hotfix cause https://github.com/acme/shop/commit/4b1d0c2e", { what: { sha: "4b1d0c2e" } }],
    ["/hotfix cause a full disk", { what: { text: "a full disk" } }],
  ])("%s", (line, command) => {
    expect(parseCommands(line)).toMatchObject([{ ok: true, command }]);
  });

  it("never throws", () => {
    const name = fc.constantFrom(
      "impact-started",
      "detected",
      "recovered",
      "verified",
      "note",
      "impact",
      "metric",
      "cause",
    );
    const rest = fc.oneof(fc.string({ maxLength: 80 }), fc.string({ unit: "grapheme", maxLength: 40 }));
    fc.assert(
      fc.property(name, rest, (command, text) => {
        const [parsed] = parseCommands(`/hotfix ${command} ${text}`);
        expect(["undefined", "boolean"]).toContain(typeof parsed?.ok);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("what people say", () => {
  it("is answered with the instant that was understood, in the team's zone too", () => {
    expect(answer("/hotfix impact-started 14:20:15")).toContain("impact started 2026-11-20 14:20:15 UTC");
    const rome = configOf({ timezone: "Europe/Rome" });
    expect(answer("/hotfix impact-started 15:20:15", opened(), rome)).toContain(
      "impact started 2026-11-20 14:20:15 UTC (15:20:15 in Europe/Rome)",
    );
    const late = configOf({ timezone: "Pacific/Auckland" });
    expect(answer("/hotfix impact-started 2026-11-20 14:20:15 UTC", opened(), late)).toContain(
      "impact started 2026-11-20 14:20:15 UTC (2026-11-21 03:20:15 in Pacific/Auckland)",
    );
  });

  it("holds as it was understood, also when the zone is changed afterwards", () => {
    const rome = configOf({ timezone: "Europe/Rome" });
    const state = after(opened(), [comment(9100, "/hotfix impact-started 15:20")], rome);
    expect(factsOf(state, shopConfig).times.impactStarted).toBe(at("14:20"));
  });

  it.each([
    [
      ["/hotfix detected 14:40"],
      "it was declared 2026-11-20 14:30:00 UTC, so it cannot have been detected later",
    ],
    [["/hotfix impact-started 14:31"], "so the impact cannot have started later, 2026-11-20 14:31:00 UTC"],
    [
      ["/hotfix impact-started 14:20", "/hotfix recovered 14:10"],
      "it cannot have recovered 2026-11-20 14:10:00 UTC, before the impact started 2026-11-20 14:20:00 UTC",
    ],
    [
      ["/hotfix impact-started 14:20", "/hotfix detected 14:19"],
      "it cannot have been detected 2026-11-20 14:19:00 UTC",
    ],
    [["/hotfix detected 14:25", "/hotfix verified 14:24"], "recovery cannot have been verified"],
    [
      ["/hotfix recovered 14:10", "/hotfix impact-started 14:20"],
      "correct the other with `/hotfix recovered <time>` first",
    ],
    [["/hotfix impact-started 2024-11-20 14:30"], "is more than a year before the issue was opened"],
    [
      ["/hotfix impact-started 14:20", "/hotfix impact share=70% from=14:10"],
      "a share cannot hold from 2026-11-20 14:10:00 UTC",
    ],
    [
      ["/hotfix recovered 14:40", "/hotfix impact share=70% from=14:41"],
      "because it recovered 2026-11-20 14:40:00 UTC",
    ],
    [
      ["/hotfix metric rate before=30% after=90ms"],
      "before is in % and after is in ms, so they cannot be compared",
    ],
    [["/hotfix cause 0123456789"], "there is no commit `0123456789` in this repository"],
  ])("refuses what cannot be, in one comment too: %j", (lines, why) => {
    expect(answer(lines.join("\n"))).toContain(why);
    const [last] = lines.slice(-1);
    const earlier = lines.slice(0, -1).map((line, index) => comment(9000 + index, line, at("14:44")));
    expect(answer(last!, after(opened(), earlier))).toContain(why);
  });

  it("recovery may be verified before it is there for all, and the incident declared when it is over", () => {
    const { times } = factsAfter([
      "/hotfix impact-started 14:10\n/hotfix recovered 14:22\n/hotfix verified 14:21:30",
    ]);
    expect(times).toMatchObject({
      impactStarted: at("14:10"),
      recovered: at("14:22"),
      verified: at("14:21:30"),
    });
    expect(Date.parse(times.recovered!)).toBeLessThan(Date.parse(times.declared));
  });

  it("is corrected by what is said later, and the correction is told with both values", () => {
    const { times, corrections, timeline, statedTimes } = factsAfter([
      "/hotfix impact-started 14:20",
      "/hotfix impact-started 14:15",
      "/hotfix impact-started 14:15",
    ]);
    expect(times.impactStarted).toBe(at("14:15"));
    expect(statedTimes.impactStarted).toMatchObject({ by: "leo", at: at("14:47") });
    expect(corrections).toMatchObject([
      { what: "impactStarted", from: at("14:20"), to: at("14:15"), by: "leo" },
    ]);
    expect(timeline.filter((each) => each.kind === "impact-started")).toMatchObject([
      { at: at("14:15"), recordedAt: at("14:47"), actor: "leo" },
    ]);
    expect(timeline).toContainEqual(
      expect.objectContaining({
        at: at("14:46"),
        kind: "corrected",
        text: "Start of the impact corrected from 2026-11-20 14:20:00 UTC to 2026-11-20 14:15:00 UTC",
      }),
    );
  });

  it("corrects the form of the issue, too", () => {
    const state = inIssue(released(), { body: "### Impact started\n\n2026-11-20 14:25 UTC\n" });
    expect(factsAfter([], state).timeline).toContainEqual(
      expect.objectContaining({ kind: "impact-started", at: at("14:25"), recordedAt: state.issue.createdAt }),
    );
    const { corrections, timeline } = factsAfter(["/hotfix impact-started 14:20"], state);
    expect(corrections).toMatchObject([{ from: at("14:25"), to: at("14:20") }]);
    expect(timeline.filter((each) => each.kind === "impact-started")).toHaveLength(1);
  });

  it("a note is in the timeline when it happened, and says when it was written", () => {
    const { timeline } = factsAfter([
      "/hotfix note at 14:41 the provider | confirms @everybody",
      "/hotfix note we wait",
    ]);
    expect(timeline.filter((each) => each.kind === "note")).toMatchObject([
      { at: at("14:41"), recordedAt: at("14:45"), text: "the provider | confirms @everybody", actor: "leo" },
      { at: at("14:46"), recordedAt: at("14:46"), text: "we wait" },
    ]);
  });

  it("a comment that was edited, quoted or in code says nothing", () => {
    const edited = { ...comment(9100, "/hotfix recovered 14:40"), editedAt: at("14:46") };
    const quoted = comment(9101, "> /hotfix recovered 14:40\n\n```\n/hotfix verified 14:40\n```");
    expect(factsOf(after(released(), [edited, quoted]), shopConfig).times).toMatchObject({
      recovered: null,
      verified: null,
    });
  });

  it("figures before and after are put together by name, and the target is met or not", () => {
    const { metrics } = factsAfter([
      '/hotfix metric "success rate" before=30% target=95%',
      '/hotfix metric "Success Rate" after=97%\n/hotfix metric latency before=900ms after=400ms target=300ms',
      "/hotfix metric errors after=2 target=<=5\n/hotfix metric queue after=5 target=5",
    ]);
    expect(metrics.map(({ name, met }) => [name, met])).toEqual([
      ["success rate", true],
      ["latency", false],
      ["errors", true],
      ["queue", null],
    ]);
    expect(metrics[0]).toMatchObject({
      before: { value: 30, unit: "%" },
      after: { value: 97, unit: "%" },
      target: { value: 95, unit: "%" },
      at: at("14:46"),
    });
  });

  it("tickets and users are kept as they were said last", () => {
    const facts = factsAfter(['/hotfix impact tickets=47 users="1,200"', "/hotfix impact tickets=52"]);
    expect(facts).toMatchObject({ tickets: 52, usersAffected: "1,200" });
  });

  it("money is neither kept nor repeated in a public repository", () => {
    const state = { ...opened(), repository: { ...opened().repository, isPrivate: false } };
    const reply = answer("/hotfix impact revenue=50000/h tickets=3", state);
    expect(reply).toContain("this repository is public, so no figure of money is kept or shown here");
    expect(reply).toContain("revenue=… tickets=3");
    expect(reply).not.toContain("50000");
  });

  it.each([
    "/hotfix impact revenue=61234",
    "/hotfix impact revenue: 61234/h",
    "/hotfix impact revenue: EUR 61234/h",
    "/hotfix impact revenue=EUR 61234/h",
    "/hotfix impact we lose 61234/h",
    "/hotfix impact cost=61234/h",
    "/hotfix impact revenue=61234/h share=120%",
    "/hotfix impact €61234 per hour",
    "/hotfix impct revenue=61234/h",
    "/hotfix impct revenue: EUR 61234/h",
    `${"/hotfix help\n".repeat(10)}/hotfix impact revenue=61234`,
  ])("a line that cannot be read repeats none either: %s", (body) => {
    const state = { ...opened(), repository: { ...opened().repository, isPrivate: false } };
    const reply = answer(`/hotfix note x\n${body}`, state);
    expect(reply).toContain("/hotfix imp");
    expect(reply).not.toMatch(/61234/u);
    const config = configOf({ public: { money: true } });
    expect(answer(`/hotfix note x\n${body}`, state, config)).toContain("61234");
  });

  it("in a public repository a share that cannot be is still told why", () => {
    const state = { ...opened(), repository: { ...opened().repository, isPrivate: false } };
    expect(answer('/hotfix impact share=120% users="1,200"', state)).toContain(
      "is no share; write one above 0%",
    );
  });
});

it("whatever is accepted is in the order of the rules", () => {
  const command = fc.tuple(
    fc.constantFrom("impact-started", "detected", "recovered", "verified"),
    fc.integer({ min: 0, max: 44 }),
  );
  fc.assert(
    fc.property(fc.array(command, { minLength: 1, maxLength: 8 }), (commands) => {
      const body = commands.map(([name, minute]) => `/hotfix ${name} 14:${String(minute).padStart(2, "0")}`);
      const { times } = factsAfter([body.join("\n")], opened());
      const { impactStarted, detected, recovered, verified, declared } = times;
      const inOrder = (one: string | null, other: string | null): boolean =>
        one === null || other === null || Date.parse(one) <= Date.parse(other);
      expect([
        inOrder(impactStarted, detected),
        inOrder(impactStarted, declared),
        inOrder(detected, declared),
        inOrder(impactStarted, recovered),
        inOrder(impactStarted, verified),
        inOrder(detected, verified),
      ]).not.toContain(false);
    }),
    { numRuns: 150 },
  );
});
