import { expect, it } from "vitest";
import { readFrontMatter, type FullFrontMatter } from "../../../src/config/front-matter-schema.ts";
import { loadTemplates } from "../../../src/config/load-templates.ts";
import { defaultConfig } from "../../../src/config/schema.ts";
import { createRenderer } from "../../../src/documents/create-renderer.ts";
import type { IndexState } from "../../../src/github/read-reports.ts";
import { INDEX_BRANCH } from "../../../src/incident/names.ts";
import type { Problem } from "../../../src/incident/state/problem.ts";
import { IndexMemory, reconcileIndex } from "../../../src/reconcile/incident-index.ts";
import { checkoutLanded, timeoutLanded } from "../../support/facts-builder.ts";

const HOUR = 3_600_000;
const render = createRenderer(await loadTemplates());
const incidents = [timeoutLanded(), checkoutLanded()].map((facts) => {
  const reading = readFrontMatter(render.document(facts, "incident-report"));
  if (!reading.ok) throw new Error(reading.problems.join());
  return reading.data as FullFrontMatter;
});

/** A repository whose reports are these, at the hour that the test moves on. */
function repository() {
  const memory = new IndexMemory();
  const there = {
    hour: 0,
    incidents: incidents as readonly FullFrontMatter[],
    index: null as string | null | undefined,
    committedAt: null as number | null,
    refusal: null as Problem | null,
    isSlow: false,
    commits: 0,
    /** The trunk takes no direct commits. */
    isProtected: false,
    pullRequest: null as IndexState["pullRequest"],
    own: null as IndexState["own"],
    opened: 0,
    deleted: 0,
  };
  const look = () =>
    reconcileIndex(
      "acme/shop",
      defaultConfig,
      render,
      {
        readState: () =>
          Promise.resolve({
            repositoryUrl: "https://github.com/acme/shop",
            isPrivate: true,
            head: "a".repeat(40),
            tree: JSON.stringify([there.incidents, there.index]),
            committedAt: there.committedAt,
            pullRequest: there.pullRequest,
            own: there.own,
          }),
        readReports: () =>
          there.isSlow
            ? Promise.reject(new Error("GitHub took too long"))
            : Promise.resolve({ incidents: there.incidents, index: there.index }),
        commit: ({ branch, files, fallback }) => {
          if (there.refusal !== null) return Promise.resolve(there.refusal);
          there.commits += 1;
          if (branch === INDEX_BRANCH || there.isProtected) {
            const head = String(there.commits).repeat(40).slice(0, 40);
            if (branch !== INDEX_BRANCH) {
              if (fallback?.branch !== INDEX_BRANCH || there.own !== null) throw new Error("a second branch");
              there.opened += 1;
            }
            there.own = { head, committedAt: there.hour * HOUR, index: files[0]!.text };
            there.pullRequest = { state: "open", head };
            return Promise.resolve(null);
          }
          there.index = files[0]!.text;
          there.committedAt = there.hour * HOUR;
          return Promise.resolve(null);
        },
        deleteBranch: (branch, head) => {
          expect([branch, head]).toEqual([INDEX_BRANCH, there.own?.head]);
          there.own = null;
          there.deleted += 1;
          return Promise.resolve();
        },
        now: () => there.hour * HOUR,
      },
      memory,
    );
  return { there, look };
}

it("tells every incident in a row, newest first, with totals", async () => {
  const { there, look } = repository();
  expect(await look()).toBe("committed");
  expect(there.index).toMatchInlineSnapshot(`
    "---
    # hotfix:begin generated facts=eb187ebf text=ce5493a2
    schema: hotfix-responder/index/1
    incidents: 2
    services:
      - service: null
        incident: INCIDENT-HIGH-042
        issue: 42
        declared: "2026-12-02T21:50:00Z"
        open: []
        seconds:
          to_acknowledge: 510
          to_fix: 1340
          to_review: 11260
          to_release: 21
          to_land: 93900
          declared_to_released: 12621
      - service: payment
        incident: PAYMENT-CRITICAL-007
        issue: 7
        declared: "2026-11-20T14:31:00Z"
        open: []
        seconds:
          to_acknowledge: 47
          to_fix: 190
          to_review: 440
          to_release: 30
          to_land: 2351
          declared_to_released: 660
    # hotfix:end generated
    ---

    # Incidents

    <!-- hotfix:begin totals text=83c89ef2 -->
    2 incidents, median time to resolution 1 h 50 min 40 s; SLA missed: 1. Estimated losses: EUR 9,792.
    <!-- hotfix:end totals -->

    ## Open actions

    <!-- hotfix:begin open-actions text=e7f0878b -->
    No action item is open.
    <!-- hotfix:end open-actions -->

    ## All incidents

    <!-- hotfix:begin incidents text=adc85089 -->
    | Incident | What | Declared | Severity | Time to resolution | SLA | Loss | Retrospective due |
    | --- | --- | --- | --- | ---: | --- | ---: | --- |
    | [INCIDENT-HIGH-042](https://github.com/acme/shop/blob/develop/incidents/INCIDENT-HIGH-042.md) | 70 % of payments time out | 2026-12-02 | high | 3 h 30 min 21 s | missed |  | 2026-12-11 |
    | [PAYMENT-CRITICAL-007](https://github.com/acme/shop/blob/develop/incidents/PAYMENT-CRITICAL-007.md) | Checkout fails for everybody (payment) | 2026-11-20 | critical | 11 min | met | EUR 9,792 | 2026-11-23 |
    <!-- hotfix:end incidents -->
    "
  `);
});

it("is committed at most once a day, and then with all that was committed meanwhile", async () => {
  const { there, look } = repository();
  there.incidents = incidents.slice(0, 1);
  expect(await look()).toBe("committed");
  there.incidents = incidents;
  for (there.hour = 1; there.hour < 24; there.hour += 1) expect(await look()).toBe("not due");
  expect(await look()).toBe("committed");
  expect(there.index).toContain("PAYMENT-CRITICAL-007");
  expect(there.index).toContain("INCIDENT-HIGH-042");
  for (there.hour = 25; there.hour < 100; there.hour += 1) await look();
  expect(there.commits).toBe(2);
});

it("keeps what people wrote in it, and leaves a file of somebody else alone", async () => {
  const { there, look } = repository();
  there.incidents = incidents.slice(0, 1);
  await look();
  there.index = there.index!.replace("# Incidents\n", "# Incidents\n\nOur runbook is on the wiki.\n");
  there.incidents = incidents;
  there.hour = 30;
  expect(await look()).toBe("committed");
  expect(there.index).toContain("Our runbook is on the wiki.");

  const other = repository();
  other.there.index = "# How we work\n";
  expect(await other.look()).toBe("as it is");
  const folder = repository();
  folder.there.index = undefined;
  expect(await folder.look()).toBe("as it is");
});

it("is not tried again where the branch takes no commits, until the reports change", async () => {
  const { there, look } = repository();
  there.refusal = { code: "branch-protected", sentence: "x", nextStep: "y", transient: false };
  expect(await look()).toBe("refused");
  there.hour = 2;
  expect(await look()).toBe("as it is");
});

it("comes by one pull request where the branch takes no commits: brought up to date, never a second one", async () => {
  const { there, look } = repository();
  there.isProtected = true;
  there.incidents = incidents.slice(0, 1);
  expect(await look()).toBe("committed");
  for (there.hour = 1; there.hour < 60; there.hour += 1) await look();
  expect(there).toMatchObject({ opened: 1, commits: 1, index: null });
  there.incidents = incidents;
  expect(await look()).toBe("committed");
  expect(there.own?.index).toContain("PAYMENT-CRITICAL-007");
  expect(there).toMatchObject({ opened: 1, commits: 2 });

  // Merged: the branch goes, and what comes later is a new one.
  there.index = there.own!.index;
  there.pullRequest = { state: "merged", head: there.own!.head };
  there.incidents = incidents.slice(0, 1);
  there.hour = 100;
  expect(await look()).toBe("committed");
  expect(there).toMatchObject({ opened: 2, deleted: 1 });

  // Closed: an answer.
  there.pullRequest = { state: "closed", head: there.own!.head };
  there.incidents = incidents;
  for (there.hour = 130; there.hour < 230; there.hour += 1) expect(await look()).toMatch(/not due|as it is/u);
  expect(there).toMatchObject({ opened: 2, commits: 3 });
});

it("carries the due dates of open action items, the earliest first, and no word for what is overdue", async () => {
  const { there, look } = repository();
  const [first, second] = incidents as [FullFrontMatter, FullFrontMatter];
  const action = { issue: 12, what: "Test `amount`", type: "detect", owner: "ana", state: "open" } as const;
  there.incidents = [
    {
      ...first,
      actions: [
        { ...action, issue: 14, due: "2026-12-09" },
        { ...action, due: "2026-12-01", state: "done" },
      ],
    },
    {
      ...second,
      actions: [
        { ...action, due: "2026-12-02" },
        { ...action, issue: null, due: "2026-12-11" },
      ],
    },
  ];
  await look();
  const rows = there.index!.split("\n").filter((line) => line.startsWith("| 2026-12"));
  expect(rows.map((row) => row.slice(2, 12))).toEqual(["2026-12-02", "2026-12-09", "2026-12-11"]);
  expect(rows[0]).toMatch(/\| detect \| ana \| \[#12\]\([^)]*\/issues\/12\) \| \[PAYMENT-CRITICAL-007\]/u);
  expect(there.index).not.toMatch(/overdue/iu);
  const reading = readFrontMatter(there.index!);
  const remembered = reading.ok && "services" in reading.data ? reading.data.services : [];
  expect(remembered.find(({ service }) => service === "payment")).toMatchObject({
    incident: "PAYMENT-CRITICAL-007",
    issue: 7,
    open: [{ issue: 12, due: "2026-12-02" }],
  });
  // A day later nothing is written, though more is overdue.
  for (there.hour = 1; there.hour < 2_000; there.hour += 7) await look();
  expect(there.commits).toBe(1);
});

it("a look that failed is made again at once, not after an hour", async () => {
  const { there, look } = repository();
  there.isSlow = true;
  await expect(look()).rejects.toThrow("too long");
  there.isSlow = false;
  expect(await look()).toBe("committed");
});
