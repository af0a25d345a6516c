import { describe, expect, it } from "vitest";
import { formatDuration, formatExactDuration } from "../../../src/documents/duration.ts";
import { createRenderer } from "../../../src/documents/create-renderer.ts";
import { formatInstants } from "../../../src/documents/instant.ts";
import { inline, withStop } from "../../../src/documents/markdown.ts";
import { ganttChart } from "../../../src/documents/gantt-chart.ts";
import { loadTemplates } from "../../../src/config/load-templates.ts";
import { factsOf } from "../../../src/incident/facts-of.ts";
import type { IncidentFacts } from "../../../src/incident/facts.ts";
import {
  aRound,
  checkoutClosed,
  checkoutDeclared,
  checkoutLanded,
  checkoutReleased,
} from "../../support/facts-builder.ts";
import { afterComments } from "../../support/resolved-incident.ts";
import { aTag, fixPushed, merged, opened, shopConfig } from "../../support/state-builder.ts";

const templates = await loadTemplates();
const renderers = { en: createRenderer(templates), it: createRenderer(templates, "it") };
const LOCALES = ["en", "it"] as const;
const KINDS = ["incident-report", "retrospective", "stakeholder-update", "public-update"] as const;

function all(facts: IncidentFacts, locale: "en" | "it"): string {
  const render = renderers[locale];
  return [
    render.statusSection({ ...facts, locale }),
    render.closingComment({ ...facts, locale }, []),
    ...KINDS.map((kind) => render.document({ ...facts, locale }, kind)),
  ].join("\n");
}

/** Beside what is quoted of people, and what only a machine reads. */
function sentencesOf(text: string): string {
  return text
    .replaceAll(/^---\n[\s\S]*?\n---$/gmu, "")
    .replaceAll(/^(?:\||>|###? |```[\s\S]*?```).*$/gmu, "");
}

const resolved = (state = fixPushed()): IncidentFacts =>
  factsOf(afterComments(state, ["/hotfix resolved because ben reverted it by hand."]), shopConfig);

describe("sentences that end with what a person wrote", () => {
  it.each(["Checkout fails.", "Is checkout down?", "Nobody can pay!", "Wait..."])("end once: %s", (title) => {
    for (const locale of LOCALES) {
      const text = all(checkoutLanded({ title, description: null }), locale);
      expect(sentencesOf(text)).not.toMatch(/(?<!\.)\.\.(?!\.)|[!?…]\.|\.\.\.\./u);
      expect(text).not.toMatch(/\.: (?:update|aggiornamento)/u);
    }
  });

  it.each(LOCALES)("end once where it is a reason, in %s", (locale) => {
    expect(sentencesOf(all(resolved(), locale))).not.toMatch(/hand\.[.,]/u);
    expect(all(resolved(), locale)).toContain("ben reverted it by hand");
  });

  it("keep their own sign, and points that stand for what is left out", () => {
    expect(["it", "it.", "it?", "it…", ""].map((text) => withStop(text))).toEqual([
      "it.",
      "it.",
      "it?",
      "it…",
      "",
    ]);
    expect(withStop(inline("it!"))).toEqual(inline("it!"));
    expect(withStop(inline("it"))).toEqual(inline("it."));
  });
});

describe("times and sums", () => {
  it("are named with their day, also where an update is due the day after", () => {
    expect(formatInstants(["2026-11-20T23:50:15Z", "2026-11-21T00:10:15Z", "2026-11-21T00:30:15Z"])).toBe(
      "2026-11-20 23:50:15, 2026-11-21 00:10:15, 00:30:15 UTC",
    );
    expect(formatInstants([])).toBe("");
    const { obligations } = checkoutDeclared();
    const late = { ...obligations.updates, reminder: "2026-11-20T14:56:00Z", next: "2026-11-20T15:16:00Z" };
    const status = renderers.en.statusSection(
      checkoutDeclared({ obligations: { ...obligations, updates: late } }),
    );
    expect(status).toContain("Stakeholder update due since 2026-11-20 14:56:00 UTC.**");
    expect(status).toContain("The next one is due at 2026-11-20 15:16:00 UTC.");
    expect(renderers.en.document(checkoutLanded(), "stakeholder-update")).toContain(
      "A corrected version went out at 2026-11-20 14:42:00 UTC",
    );
  });

  it("a loss is computed from a time that is shown whole", () => {
    const ms = 26 * 3_600_000 + 7_000;
    expect([formatDuration(ms), formatExactDuration(ms)]).toEqual(["1 d 2 h", "1 d 2 h 7 s"]);
    const landed = checkoutLanded();
    const window = {
      from: "2026-11-20T14:30:00Z",
      to: "2026-11-21T16:30:07Z",
      fromIsDeclaration: false,
      toIs: "release",
      milliseconds: ms,
    } as const;
    const impact = { ...landed.impact!, window, loss: (50_000 * ms) / 3_600_000 };
    const shares = [{ ...window, share: 1, least: 1, most: 1, statedBy: null }];
    const report = renderers.en.document(
      checkoutLanded({ impact, impactWindow: window, shares }),
      "incident-report",
    );
    expect(report).toContain("= 1 d 2 h 7 s × EUR 50,000 per hour (EUR 1,300,097.22 before rounding)");
  });

  it("a chart of more than a day says which day", () => {
    const bar = { label: "until merged", from: "2026-11-20T14:30:00Z" };
    expect(ganttChart([{ ...bar, to: "2026-11-21T14:29:59Z" }])!.markdown).toContain("axisFormat %H:%M\n");
    expect(ganttChart([{ ...bar, to: "2026-11-21T14:30:00Z" }])!.markdown).toContain(
      "axisFormat %m-%d %H:%M\n",
    );
  });
});

describe("what ended without a release", () => {
  it.each(LOCALES)("asks for no step and no time of a release, in %s", (locale) => {
    const text = all(resolved(), locale);
    expect(text).not.toMatch(/merged into production \| |Merge commit tagged|\| \*\*released\*\*/u);
    expect(text).not.toMatch(/unione alla produzione \| |Tag sul commit di unione|\| \*\*rilascio\*\*/u);
    expect(text).not.toMatch(
      /not proven|non provato|none yet|ancora nessuno \||waits for production|attende la/u,
    );
    expect(text).toMatch(
      /\*\*resolved without a release\*\* \| \*\*15 min\*\*|risolto senza rilascio\*\* \| \*\*1/u,
    );
  });

  it("is looked back at by a day of its severity; what was stopped is not", () => {
    expect(resolved().obligations.retrospectiveDue).toBe("2026-11-23");
    const stopped = factsOf(afterComments(opened(), ["/hotfix abort because it was nothing"]), shopConfig);
    expect(stopped.obligations.retrospectiveDue).toBeNull();
    const report = renderers.en.reply(stopped, {
      actor: "leo",
      url: stopped.url,
      report: null,
      answers: [{ kind: "report", line: "/hotfix report" }],
    });
    expect(report).not.toContain("It is committed");
  });

  it("after a release that did not help is told with that release", () => {
    const facts = resolved(merged({ tags: [aTag("v1.2.4", merged().pullRequests[0]!.mergeCommit!.sha)] }));
    const report = renderers.en.document(facts, "incident-report");
    expect(report).toMatch(/was released .*; then resolved without another release by leo/u);
    expect(renderers.en.document(facts, "stakeholder-update")).toContain(
      "It was not the end of it; it was resolved without another release: ben reverted it by hand.",
    );
  });
});

describe("the status comment", () => {
  it("tells to go back to nothing once it is over, and compares with no version that is not the last", () => {
    expect(renderers.en.statusSection(checkoutDeclared())).toContain("- **Roll back to:** [`v1.4.1`]");
    expect(renderers.en.statusSection(checkoutDeclared())).toContain("Everything since the last version");
    expect(renderers.en.statusSection(checkoutReleased())).not.toContain("Everything since the last version");
    expect(renderers.en.statusSection(checkoutClosed())).not.toContain("Roll back to");
  });

  it("names the confirmed cause instead of suspects", () => {
    const { suspects } = checkoutDeclared();
    const commit = suspects[1]!;
    const cause = {
      kind: "commit",
      by: "ana",
      at: "2026-11-20T14:40:00Z",
      url: "https://github.com/acme/shop/issues/7#issuecomment-40",
      commit,
      carriedBy: null,
      hunks: [],
      moreHunks: 0,
    } as const;
    const status = renderers.en.statusSection(checkoutDeclared({ cause }));
    expect(status).toContain(`**Confirmed cause:** [\`${commit.sha.slice(0, 7)}\`]`);
    expect(status).not.toContain("Suspects");
  });

  it("waits for no checks of what is merged", () => {
    expect(renderers.en.statusSection(checkoutDeclared())).toContain("| none yet |");
    const landed = checkoutLanded();
    const [round] = landed.rounds;
    const unchecked = { ...round!, pullRequest: { ...round!.pullRequest!, checkRuns: [] } };
    const status = renderers.en.statusSection(checkoutLanded({ rounds: [unchecked] }));
    expect(status).toContain("| merged, `v1.4.3` | none |");
  });

  it("promises the end of the incident only for its last round", () => {
    const first = checkoutLanded();
    const second = aRound({ number: 2, hotfixBranch: "hotfix/7-checkout-fails-for-everybody-2" });
    const turning = (rounds: IncidentFacts["rounds"], round: number): string =>
      renderers.en.turningPoint(checkoutLanded({ rounds, next: { who: [], what: "" } }), {
        kind: "landed",
        round,
      });
    expect(turning(first.rounds, 1)).toContain("The documents follow");
    expect(turning([...first.rounds, second], 1)).not.toContain("The documents follow");
  });
});
