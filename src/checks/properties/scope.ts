import picomatch from "picomatch";
import type { Config } from "../../config/schema.ts";
import { counted } from "../../documents/counted.ts";
import type { CommitFacts, Sha } from "../../incident/state/commit-facts.ts";
import { type Change, writtenLines } from "../change-list.ts";
import type { PropertyFinding } from "../property-finding.ts";

type ScopeLimits = Config["checks"]["scope"];

/** A secret in a written line, found by the scanner that the caller uses. `what` never holds the secret itself. */
export interface SecretHit {
  readonly path: string;
  readonly line: number;
  readonly what: string;
}

export interface ScopeInput {
  readonly changes: readonly Change[];
  /** Commits of the branch that are not on production, newest first. */
  readonly commits: readonly CommitFacts[];
  /** Commits of the integration branch that are not on production. */
  readonly integrationOnly: ReadonlySet<Sha>;
  readonly integration: string;
  readonly services: Config["services"];
  readonly secrets: readonly SecretHit[];
  readonly limits: ScopeLimits;
}

/** Whether the change is the fix and nothing but the fix. */
export function scopeFindings(input: ScopeInput): readonly PropertyFinding[] {
  const { changes } = input;
  if (changes.length === 0) return [NOTHING_YET];
  // The first one is what a tired person reads.
  return [
    ...input.secrets.map(secretFinding),
    ...changes.flatMap(conflictFindings),
    ...integrationFindings(input),
    ...sizeFindings(input),
    ...serviceFindings(input),
    ...changes.flatMap((change) => fileFindings(change, input.limits)),
  ];
}

const NOTHING_YET: PropertyFinding = {
  code: "no-fix-yet",
  level: "failure",
  path: null,
  line: null,
  sentence: "The branch changes nothing yet.",
  nextStep: "Push the fix to it.",
};

/** Names the commit by which work of the integration branch came in: that is the one to take back. */
function integrationFindings({
  commits,
  integrationOnly,
  integration,
}: ScopeInput): readonly PropertyFinding[] {
  const foreign = commits.filter(({ sha }) => integrationOnly.has(sha));
  if (foreign.length === 0) return [];
  const own = commits.filter(({ sha }) => !integrationOnly.has(sha));
  const merge = own.findLast(
    ({ parents }) => parents.length > 1 && parents.some((parent) => integrationOnly.has(parent)),
  );
  const by =
    merge === undefined
      ? ` The branch was cut from \`${integration}\` or moved onto it.`
      : ` It came with ${merge.sha.slice(0, 7)} of ${merge.author}.`;
  const undo =
    merge === undefined
      ? "Cut the fix from production again"
      : `Take ${merge.sha.slice(0, 7)} off the branch`;
  return [
    {
      code: "integration-work",
      level: "failure",
      path: null,
      line: null,
      sentence: `The hotfix contains work (${counted(foreign.length, "commit")}) of \`${integration}\` that production does not have.${by}`,
      nextStep: `${undo}, so that unfinished work is not shipped.`,
    },
  ];
}

function sizeFindings({ changes, limits }: ScopeInput): readonly PropertyFinding[] {
  const lines = changes.reduce((sum, { additions, deletions }) => sum + additions + deletions, 0);
  const about = { level: "failure", path: null, line: null } as const;
  const nextStep = "Leave everything but the fix to a later pull request.";
  return [
    ...(changes.length > limits.files
      ? [
          {
            ...about,
            code: "too-many-files",
            nextStep,
            sentence: `The hotfix changes ${changes.length} files; at most ${limits.files} are allowed.`,
          },
        ]
      : []),
    ...(lines > limits.lines
      ? [
          {
            ...about,
            code: "too-many-lines",
            nextStep,
            sentence: `The hotfix changes ${lines} lines; at most ${limits.lines} are allowed.`,
          },
        ]
      : []),
  ];
}

function serviceFindings({ changes, services, limits }: ScopeInput): readonly PropertyFinding[] {
  const touched = Object.entries(services)
    .filter(([, { paths }]) => {
      const covers = paths.length === 0 ? () => false : picomatch([...paths], { dot: true, noextglob: true });
      return changes.some(({ path }) => covers(path));
    })
    .map(([name]) => name);
  if (touched.length <= limits.services) return [];
  return [
    {
      code: "too-many-services",
      level: "failure",
      path: null,
      line: null,
      sentence: `The hotfix touches ${touched.length} services (${touched.join(", ")}); at most ${limits.services} allowed.`,
      nextStep: "Declare an incident for each service, or leave the others to a later pull request.",
    },
  ];
}

function fileFindings(change: Change, limits: ScopeLimits): readonly PropertyFinding[] {
  const about = { path: change.path, line: null, level: "failure" } as const;
  if (change.mode === "120000" || change.previousMode === "120000") {
    return [
      {
        ...about,
        code: "symbolic-link",
        sentence: "A symbolic link is added, changed or removed.",
        nextStep: "Leave links as they are in a hotfix.",
      },
    ];
  }
  if (change.path === ".gitmodules") {
    return [
      {
        ...about,
        code: "submodule",
        sentence: "Where submodules come from is changed.",
        nextStep: "Leave submodules as they are in a hotfix.",
      },
    ];
  }
  if (change.mode === "160000" || change.previousMode === "160000") {
    return [
      {
        ...about,
        code: "submodule",
        sentence: "A submodule is moved: what it brings is not in this diff.",
        nextStep: "Fix the submodule in its own repository first.",
      },
    ];
  }
  const nextStep = "Keep it out of the hotfix.";
  return [
    ...(change.isBinary && change.status !== "removed"
      ? [
          {
            ...about,
            code: "binary",
            sentence: `A binary file is ${change.status === "added" ? "added" : "changed"}: nobody can review it.`,
            nextStep,
          },
        ]
      : []),
    ...(change.size > limits.fileBytes
      ? [
          {
            ...about,
            code: "oversized",
            sentence: `The file has ${change.size} bytes; at most ${limits.fileBytes} are allowed.`,
            nextStep,
          },
        ]
      : []),
  ];
}

/** A row of equals signs alone is also a heading; only with the marker before and behind it is it a conflict. */
function conflictFindings(change: Change): readonly PropertyFinding[] {
  const written = writtenLines(change);
  const start = written.find(({ text }) => /^<{7}(?: |$)/u.test(text));
  const hasEnd = written.some(({ text }) => /^>{7}(?: |$)/u.test(text));
  if (start === undefined || !hasEnd) return [];
  return [
    {
      code: "conflict-markers",
      level: "failure",
      path: change.path,
      line: start.line,
      sentence: "A conflict was committed with its markers.",
      nextStep: "Resolve it and push again.",
    },
  ];
}

function secretFinding({ path, line, what }: SecretHit): PropertyFinding {
  return {
    code: "secret",
    level: "failure",
    path,
    line,
    sentence: `This line looks like a secret (${what}).`,
    nextStep: "Revoke it now: it is in the history even when the line is gone.",
  };
}
