import { describe, expect, it } from "vitest";
import { loadTemplates } from "../../../src/config/load-templates.ts";
import { createRenderer } from "../../../src/documents/create-renderer.ts";
import type { IncidentFacts } from "../../../src/incident/facts.ts";
import type { DeploymentFacts, DeploymentStatusFacts } from "../../../src/incident/state/deployment-facts.ts";
import { checkoutReleased } from "../../support/facts-builder.ts";

const templates = await loadTemplates();
const renderers = { en: createRenderer(templates), it: createRenderer(templates, "it") } as const;
const facts = checkoutReleased();
const commit = facts.rounds[0]!.mergeCommit!;
const workflow = { login: "github-actions[bot]", kind: "bot" } as const;
const olga = { login: "olga", kind: "user" } as const;

function deployment(
  environment: string,
  statuses: readonly Partial<DeploymentStatusFacts>[],
  over: Partial<DeploymentFacts> = {},
): DeploymentFacts {
  const at = "2026-11-20T14:52:00Z";
  return {
    commit,
    environment,
    creator: workflow,
    at,
    statuses: statuses.map((each) => ({ state: "success", creator: workflow, at, url: null, ...each })),
    ...over,
  };
}

function linesOf(over: Partial<IncidentFacts>, locale: "en" | "it" = "en"): readonly string[] {
  return renderers[locale]
    .statusSection({ ...facts, ...over, locale })
    .split("\n")
    .filter((line) => /Deploy|Rilasci|served|serviti|verifi/u.test(line) && line.startsWith("- "));
}

describe("what the status comment says of deployments", () => {
  it("is nothing where nothing is known", () => {
    expect(linesOf({})).toEqual([]);
    expect(linesOf({ deployments: [deployment("production", [])] })).toEqual([]);
    const waiting = deployment("production", [{ state: "waiting" }, { state: "queued" }]);
    expect(linesOf({ deployments: [waiting] })).toEqual([]);
  });

  it("is the newest word on each environment, with who and the log", () => {
    const url = `${facts.repository.url}/actions/runs/7`;
    const deployments = [
      deployment("staging", [{ at: "2026-11-20T14:50:00Z" }]),
      deployment("production", [{ state: "failure", at: "2026-11-20T14:51:00Z" }]),
      deployment("production", [
        { state: "in_progress", at: "2026-11-20T14:52:00Z" },
        { at: "2026-11-20T14:53:00Z", url },
        { state: "inactive", at: "2026-11-20T15:53:00Z" },
      ]),
    ];
    expect(linesOf({ deployments })).toEqual([
      "- **Deployed to:** `staging`, 2026-11-20 14:50:00 UTC by github-actions\\[bot\\]",
      `- **Deployed to:** \`production\`, 2026-11-20 14:53:00 UTC by github-actions\\[bot\\] ([log](${url}))`,
    ]);
    expect(linesOf({ deployments: deployments.slice(0, 2) }, "it").at(-1)).toBe(
      "- **Rilascio fallito in:** `production`, 2026-11-20 14:51:00 UTC, da github-actions\\[bot\\]",
    );
  });

  it("S18: names no person in public, no log elsewhere, and nothing of another commit", () => {
    const status = { creator: olga, url: "https://ci.example.com/7" };
    const deployments = [
      deployment("*prod*", [status]),
      deployment("old", [status], { commit: "0".repeat(40) }),
    ];
    expect(linesOf({ deployments, mayNamePeople: false })).toEqual([
      "- **Deployed to:** <code>\\*prod\\*</code>, 2026-11-20 14:52:00 UTC",
    ]);
  });

  it("stands beside what people said of the recovery", () => {
    const times = { ...facts.times, recovered: "2026-11-20T14:55:00Z", verified: "2026-11-20T14:54:00Z" };
    expect(linesOf({ times })).toEqual([
      "- **Customers served again:** 2026-11-20 14:55:00 UTC",
      "- **Recovery verified:** 2026-11-20 14:54:00 UTC",
    ]);
    expect(linesOf({ times }, "it")).toEqual([
      "- **Clienti di nuovo serviti:** 2026-11-20 14:55:00 UTC",
      "- **Ripristino verificato:** 2026-11-20 14:54:00 UTC",
    ]);
  });
});
