import { describe, expect, it } from "vitest";
import { loadTemplates } from "../../../src/config/load-templates.ts";
import { createRenderer } from "../../../src/documents/create-renderer.ts";
import type { DocumentKind } from "../../../src/documents/renderer.ts";
import { renderAll } from "../../../src/documents/try-templates.ts";
import { factsOf } from "../../../src/incident/facts-of.ts";
import type { IncidentFacts } from "../../../src/incident/facts.ts";
import { plan } from "../../../src/incident/plan.ts";
import type { IncidentState } from "../../../src/incident/state.ts";
import { checkoutDeclared, checkoutLanded } from "../../support/facts-builder.ts";
import { inIssue } from "../../support/planned.ts";
import { afterComments, resolvedFacts } from "../../support/resolved-incident.ts";
import { fixPushed, landed, released, shopConfig } from "../../support/state-builder.ts";

const templates = await loadTemplates();
const renderers = { en: createRenderer(templates), it: createRenderer(templates, "it") } as const;
const KINDS: readonly DocumentKind[] = [
  "incident-report",
  "retrospective",
  "stakeholder-update",
  "public-update",
];

function text(facts: IncidentFacts, kind: DocumentKind, locale: "en" | "it" = "en"): string {
  return renderers[locale].document(facts, kind);
}

function startingAt(state: IncidentState, time: string): IncidentState {
  return inIssue(state, { body: `### Impact started\n\n${time}\n` });
}

describe("a start of the impact that cannot have been", () => {
  it.each(["en", "it"] as const)(
    "S18: in the form after the release: planned, documented and told, in %s",
    (locale) => {
      const state = startingAt(landed(), "2026-11-20 15:30 UTC");
      const config = { ...shopConfig, locale };
      const { actions } = plan(state, { config, render: renderers[locale] });
      expect(actions.map(({ kind }) => kind)).toContain("commit-documents");
      const facts = factsOf(state, config);
      expect(facts.times.impactStarted).toBeNull();
      expect(renderers[locale].statusSection(facts)).toContain(
        {
          en: "it was declared 2026-11-20 14:30:00 UTC, so the impact cannot have started later, 2026-11-20 15:30:00 UTC",
          it: "è stato dichiarato il 2026-11-20 14:30:00 UTC, quindi l’impatto non può essere iniziato dopo, il 2026-11-20 15:30:00 UTC",
        }[locale],
      );
      expect(text(facts, "incident-report", locale)).not.toContain("−");
    },
  );

  it("in the form between declaration and release counts as not stated, until somebody says it right", () => {
    const state = startingAt(released(), "2026-11-20 14:35 UTC");
    const facts = factsOf(state, shopConfig);
    expect(text(facts, "incident-report")).toContain("| Started | not stated |");
    expect(facts.impactWindow?.fromIsDeclaration).toBe(true);
    const corrected = factsOf(afterComments(state, ["/hotfix impact-started 14:25"]), shopConfig);
    expect(corrected.times.impactStarted).toBe("2026-11-20T14:25:00Z");
    expect(corrected.problems).toEqual([]);
    expect(corrected.corrections).toEqual([]);
  });

  it("in the form before the declaration holds as it is given", () => {
    const facts = factsOf(startingAt(released(), "2026-11-20 14:20 UTC"), shopConfig);
    expect(facts.times.impactStarted).toBe("2026-11-20T14:20:00Z");
    expect(facts.problems).toEqual([]);
  });

  it.each(["en", "it"] as const)(
    "however it came to be, fails no text and counts nothing below zero, in %s",
    (locale) => {
      const { times } = checkoutLanded();
      for (const impactStarted of ["2026-11-20T14:33:00Z", "2026-11-20T15:30:00Z"]) {
        const facts = checkoutLanded({ times: { ...times, impactStarted } });
        expect(renderAll(renderers[locale], facts).join("\n")).not.toMatch(
          /−[^|\n]*(?:after the impact|dopo l’inizio)/u,
        );
      }
    },
  );

  it("a team's own template that asks for a duration which is not known gets a dash", () => {
    const own = { "public-update": "It took {{duration disruption}}." };
    const render = createRenderer(templates, "en", own);
    expect(render.document(checkoutDeclared(), "public-update")).toContain("It took –.");
  });
});

describe("an incident that was resolved without a release", () => {
  it.each(["en", "it"] as const)(
    "is told so in every document, and promises nothing more, in %s",
    (locale) => {
      const all = KINDS.map((kind) => text(resolvedFacts(), kind, locale)).join("\n");
      expect(all).not.toMatch(/in work|We are working|not yet; promised|being prepared|next update comes/u);
      expect(all).not.toMatch(
        /in preparazione|Ci stiamo lavorando|non ancora|Si prepara|prossimo aggiornamento/u,
      );
    },
  );

  it("names nobody and no reason to the public", () => {
    expect(text(resolvedFacts(), "public-update")).not.toMatch(/flag|leo/u);
  });

  it("has an end to the public only where somebody said when it was over", () => {
    expect(text(resolvedFacts(), "public-update")).toContain(
      "The service payment was disrupted from 2026-11-20 14:30:00 UTC. It ended without a new version.",
    );
    expect(text(resolvedFacts(["/hotfix recovered 14:42"]), "public-update")).toContain(
      "was disrupted from 2026-11-20 14:30:00 UTC to 2026-11-20 14:42:00 UTC, 12 min. It ended without a new version.",
    );
  });

  it("waits for no update any more", () => {
    const open = factsOf(fixPushed(), shopConfig).obligations.updates;
    expect(open.next).not.toBeNull();
    expect(resolvedFacts().obligations.updates).toMatchObject({ next: null, reminder: null });
  });

  it("stopped is not resolved", () => {
    const facts = factsOf(afterComments(fixPushed(), ["/hotfix abort because it was nothing"]), shopConfig);
    expect(text(facts, "incident-report")).toContain("stopped without a release");
  });
});

describe("when it was over", () => {
  const verified = factsOf(afterComments(released(), ["/hotfix verified 14:42"]), shopConfig);
  const recovered = factsOf(afterComments(released(), ["/hotfix recovered 14:42"]), shopConfig);

  it("said as verified only is the same end in every document", () => {
    expect(text(verified, "stakeholder-update")).toContain(
      "**Status:** resolved, customers are served again",
    );
    expect(text(verified, "stakeholder-update")).toContain(
      "Customers have been served again since 2026-11-20 14:42:00 UTC.",
    );
    expect(text(verified, "public-update")).toContain("to 2026-11-20 14:42:00 UTC, 12 min.");
    const report = text(verified, "incident-report");
    expect(report).toContain("| Recovered | by 2026-11-20 14:42:00 UTC, when it was verified |");
    expect(report).toContain("| **declared** | **released** |");
    expect(report).toContain("| **declared** | **recovered** | **12 min** |");
    const retrospective = text(verified, "retrospective");
    expect(retrospective).not.toContain("when it recovered");
    expect(retrospective).toContain("| Recovery verified by a person | yes | 2026-11-20 14:42:00 UTC |");
  });

  it("said as recovered only leaves the verification open", () => {
    const retrospective = text(recovered, "retrospective");
    expect(retrospective).not.toContain("when it recovered");
    expect(retrospective).toContain("| **declared** | **released** (recovery was not verified) |");
    expect(retrospective).toContain("| Recovery verified by a person | **no** | not observed |");
    expect(text(recovered, "public-update")).toContain("to 2026-11-20 14:42:00 UTC");
  });
});

describe("what people said of it", () => {
  it("a share that was given as a range stays one in the timeline, and no tickets are a figure, too", () => {
    const said = ["/hotfix impact share=60-80% from=14:36", "/hotfix impact tickets=0"];
    const report = text(factsOf(afterComments(released(), said), shopConfig), "incident-report");
    expect(report).toContain("Share of the impact changed to 60 % – 80 %");
    expect(report).toContain("| Support tickets | 0 |");
    expect(text(checkoutLanded(), "incident-report")).not.toContain("Support tickets");
  });

  it("a cause in words leaves nothing unconfirmed that was taken back", () => {
    const facts = checkoutLanded();
    const round = facts.rounds[0]!;
    const revert = {
      ...round.commits[0]!,
      message: `Revert it\n\nThis reverts commit ${facts.suspects[0]!.sha}.`,
    };
    const reverted = { ...facts, rounds: [{ ...round, commits: [revert] }] };
    expect(text(reverted, "retrospective")).toContain("nobody has confirmed");
    const words = {
      by: "ana",
      at: facts.times.declared,
      url: facts.url,
      kind: "text",
      text: "the bank",
    } as const;
    expect(text({ ...reverted, cause: words }, "retrospective")).not.toContain("nobody has confirmed");
  });

  it("the loss has no range where nothing of it is open, whatever share failed", () => {
    const said = [
      "/hotfix detected 14:25",
      "/hotfix impact share=70% revenue=50000/h",
      "/hotfix recovered 14:42",
    ];
    const state = startingAt(released(), "2026-11-20 14:25 UTC");
    const facts = factsOf(afterComments(state, said), shopConfig);
    expect(facts.impact?.range).toBeNull();
    expect(text(facts, "incident-report")).not.toContain("| Range |");
  });

  it("the updates that are due are those that are still to come", () => {
    const facts = checkoutDeclared();
    const due = ["2026-11-20T14:36:00Z", "2026-11-20T14:56:00Z", "2026-11-20T15:16:00Z"];
    const updates = { due, reminder: null, next: due[1]!, onTime: null };
    const section = renderers.en.statusSection({ ...facts, obligations: { ...facts.obligations, updates } });
    expect(section).toContain("- **Stakeholder updates due:** 2026-11-20 14:56:00, 15:16:00 UTC");
  });
});
