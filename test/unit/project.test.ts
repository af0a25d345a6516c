import { existsSync, globSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { withReference } from "../../scripts/configuration-reference.ts";
import { frontMatterSchemaText } from "../../src/config/front-matter-schema.ts";
import { jsonSchemaText } from "../../src/config/json-schema.ts";
import { parseConfiguration } from "../../src/config/parse.ts";
import { defaultConfig } from "../../src/config/schema.ts";
import { formLabels } from "../../src/incident/form.ts";
import { WEBHOOK_PATH } from "../../src/http/webhook.ts";
import { routes } from "../../src/webhooks/routes.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

function read(path: string): string {
  return readFileSync(`${root}${path}`, "utf8");
}

const manifest = JSON.parse(read("package.json")) as {
  scripts: Record<string, string>;
  bin: Record<string, string>;
};
const guides = [
  "README.md",
  "SECURITY.md",
  "src/README.md",
  "test/README.md",
  "docs/configuration.md",
  ".github/CONTRIBUTING.md",
  ...globSync(".github/decisions/*.md", { cwd: root }),
];

describe("the guides", () => {
  it("README names the commands on its first screen", () => {
    const firstScreen = read("README.md").split("\n").slice(0, 25).join("\n");
    expect(firstScreen).toContain("\nnpm ci && npm run drill\n");
    expect(firstScreen).toContain("\nnpm ci && npm test\n");
  });

  it.each(guides)("%s names only scripts that exist", (guide) => {
    const named = [...read(guide).matchAll(/npm (?:run )?(start|test|drill|run [\w:-]+|[\w:-]+)/gu)]
      .map(([, name]) => name!.replace(/^run /u, ""))
      .filter((name) => !["ci", "install", "versions", "itself", "puts", "and"].includes(name));
    expect(named.filter((name) => !(name in manifest.scripts))).toEqual([]);
  });

  it.each(guides)("%s names only files that exist", (guide) => {
    const text = read(guide).replace(/```[\s\S]*?```/gu, "");
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/gu)].map(([, path]) =>
      fromGuide(guide, path!),
    );
    const named = [...text.matchAll(/`((?:[\w.-]+\/)*[\w.-]+\.(?:ts|js|json|md|yml)|(?:[\w.-]+\/)+)`/gu)]
      .map(([, path]) => path!)
      .filter((path) => !OF_OTHER_REPOSITORIES.has(path))
      .map((path) => (existsSync(`${root}${path}`) ? path : fromGuide(guide, path)));
    const missing = [...links, ...named].filter((path) => !existsSync(`${root}${path}`));
    expect(missing).toEqual([]);
  });

  it("every folder of src is in its guide, and every folder of test", () => {
    for (const [folder, guide] of [
      ["src", "src/README.md"],
      ["test", "test/README.md"],
    ] as const) {
      const folders = globSync(`${folder}/*/`, { cwd: root }).map((path) => posix.basename(path));
      expect(folders.filter((name) => !read(guide).includes(`${name}/`))).toEqual([]);
    }
  });

  it("decisions are numbered without gaps, and say what they cost", () => {
    const decisions = globSync(".github/decisions/*.md", { cwd: root }).toSorted();
    decisions.forEach((path, index) => {
      expect(posix.basename(path)).toMatch(
        new RegExp(`^${String(index + 1).padStart(4, "0")}-[a-z0-9-]+\\.md$`, "u"),
      );
      expect(read(path)).toContain("**Decision.**");
      expect(read(path).split("\n").length).toBeLessThan(60);
    });
  });

  // Files of the repositories that use the app, and names that stand for a kind of file.
  const OF_OTHER_REPOSITORIES = new Set([
    ".github/hotfix.yml",
    "incidents/README.md",
    "index.ts",
    "release/",
    "hotfix/",
    "src/",
    "drill-output/",
    "package.json",
  ]);

  function fromGuide(guide: string, path: string): string {
    return posix.normalize(posix.join(posix.dirname(guide), path));
  }
});

describe("what is derived from the schema is current: npm run schema", () => {
  it("front-matter.schema.json", () => {
    expect(read("front-matter.schema.json")).toBe(frontMatterSchemaText());
  });

  it("hotfix.schema.json", () => {
    expect(read("hotfix.schema.json")).toBe(jsonSchemaText());
  });

  it("the table in docs/configuration.md", () => {
    expect(read("docs/configuration.md")).toBe(withReference(read("docs/configuration.md")));
  });

  it("the example in docs/configuration.md is valid, and the explanation is what the app says", () => {
    const [, example = ""] = /```yaml\n([\s\S]*?)```/u.exec(read("docs/configuration.md")) ?? [];
    expect(parseConfiguration(example)).toMatchObject({ ok: true, config: { services: { payment: {} } } });
    const wrong = parseConfiguration(`${"\n".repeat(9)}services:\n  payment:\n    path: [a]\n`);
    expect(wrong.ok ? "" : wrong.problems[0]).not.toBe("");
    expect(read("docs/configuration.md")).toContain(wrong.ok ? "no problem" : wrong.problems[0]);
  });
});

interface AppManifest {
  readonly default_permissions: Record<string, string>;
  readonly default_events: readonly string[];
  readonly hook_attributes: { readonly url: string };
  readonly public: boolean;
}

describe("app.yml", () => {
  const app = parse(read("app.yml")) as AppManifest;

  it("subscribes to what src/webhooks handles, and to nothing else", () => {
    // GitHub sends these to every app.
    const automatic = new Set(["installation", "installation_repositories"]);
    const handled = Object.keys(routes).filter((event) => !automatic.has(event));
    expect(app.default_events.toSorted()).toEqual(handled.toSorted());
  });

  it("asks for the permissions that its events and writes need, and for no more", () => {
    expect(app.default_permissions).toEqual({
      metadata: "read",
      contents: "write",
      issues: "write",
      pull_requests: "write",
      checks: "write",
      statuses: "read",
      merge_queues: "read",
      deployments: "read",
    });
    const needed: Record<string, string> = {
      issues: "issues",
      issue_comment: "issues",
      push: "contents",
      create: "contents",
      delete: "contents",
      release: "contents",
      pull_request: "pull_requests",
      pull_request_review: "pull_requests",
      check_run: "checks",
      check_suite: "checks",
      status: "statuses",
      merge_group: "merge_queues",
      deployment_status: "deployments",
      repository: "metadata",
    };
    expect(app.default_events.filter((event) => !(needed[event]! in app.default_permissions))).toEqual([]);
  });

  it("says of every permission and event why it is there", () => {
    const lines = read("app.yml").split("\n");
    const entries = [
      ...Object.keys(app.default_permissions).map((name) => `  ${name}: `),
      ...app.default_events.map((name) => `  - ${name}`),
    ];
    const unexplained = entries.filter((entry) => {
      const at = lines.findIndex((line) => (entry.endsWith(" ") ? line.startsWith(entry) : line === entry));
      return lines[at - 1]?.startsWith("  # because ") !== true;
    });
    expect(unexplained).toEqual([]);
  });

  it("sends webhooks to the path that is served, and is not public", () => {
    expect(new URL(app.hook_attributes.url).pathname).toBe(WEBHOOK_PATH);
    expect(app.public).toBe(false);
  });
});

describe("the incident form", () => {
  interface Form {
    readonly labels: readonly string[];
    readonly body: readonly {
      readonly attributes: { readonly label: string; readonly options?: readonly string[] };
      readonly validations?: { readonly required: boolean };
    }[];
  }
  const form = parse(read(".github/ISSUE_TEMPLATE/incident.yml")) as Form;

  it("has the labels that the app reads, in that order", () => {
    expect(form.body.map(({ attributes }) => attributes.label)).toEqual([...formLabels]);
  });

  it("asks for the severity and nothing else, and offers those that hold by default", () => {
    const required = form.body.filter(({ validations }) => validations?.required === true);
    expect(required.map(({ attributes }) => attributes.label)).toEqual(["Severity"]);
    expect(required[0]?.attributes.options).toEqual(Object.keys(defaultConfig.severities));
  });

  it("declares an incident", () => {
    expect(form.labels).toEqual([defaultConfig.labels.incident]);
  });
});

describe("the gate", () => {
  const workflow = read(".github/workflows/gate.yml");

  it("S40: pins every action by commit, with the version beside it", () => {
    const uses = [...workflow.matchAll(/uses: (.*)/gu)].map(([, action]) => action);
    expect(uses.length).toBeGreaterThan(0);
    for (const action of uses) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/u);
  });

  it("may only read, and runs what a laptop runs", () => {
    const { permissions, jobs } = parse(workflow) as {
      permissions: unknown;
      jobs: Record<string, { permissions?: unknown; steps: { run?: string }[] }>;
    };
    expect(permissions).toEqual({ contents: "read" });
    const all = Object.values(jobs);
    expect(all.map((job) => job.permissions)).toEqual(all.map(() => undefined));
    expect(all.flatMap(({ steps }) => steps.flatMap(({ run = [] }) => run))).toEqual(["bash .ci/run"]);
  });

  it("an installation without development dependencies brings no compiler of TypeScript", () => {
    // valibot would like one where there is one; its line about that is not in the lock file, or 30 MB came with it.
    const { packages } = JSON.parse(read("package-lock.json")) as {
      packages: Record<string, { readonly dev?: true }>;
    };
    const compilers = Object.entries(packages).filter(([path]) => /\/@?typescript(?:\/|$)/u.test(path));
    expect(compilers.length).toBeGreaterThan(0);
    expect(compilers.filter(([, { dev }]) => dev !== true)).toEqual([]);
  });

  it("S40: every dependency is pinned exactly", () => {
    const { dependencies, devDependencies } = JSON.parse(read("package.json")) as Record<
      string,
      Record<string, string>
    >;
    const ranges = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+$/u.test(version),
    );
    expect(ranges).toEqual([]);
  });
});
