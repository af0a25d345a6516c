import { describe, expect, it } from "vitest";
import {
  CONFIGURATION_PATH,
  resolveConfiguration,
  type ConfigurationFile,
  type ConfigurationReader,
} from "../../../src/config/resolve.ts";
import { defaultConfig } from "../../../src/config/schema.ts";

/** Revisions of each file, newest first, by `repository:path`; null: that revision deleted the file. */
type World = Readonly<Record<string, readonly (string | null)[]>>;

interface Reading extends ConfigurationReader {
  readonly calls: string[];
}

const OWN = `shop:${CONFIGURATION_PATH}`;
const SHARED = `.github:${CONFIGURATION_PATH}`;

function fileOf(text: string): ConfigurationFile {
  return { oid: `oid of ${text}`, text };
}

function readerOf(world: World, repo = "shop"): Reading {
  const calls: string[] = [];
  return {
    owner: "acme",
    repo,
    calls,
    readFile: (name, path) => {
      calls.push(`file ${name}:${path}`);
      const text = world[`${name}:${path}`]?.[0];
      return Promise.resolve(text === undefined || text === null ? null : fileOf(text));
    },
    async *readHistory(name, path) {
      calls.push(`history ${name}:${path}`);
      for (const text of world[`${name}:${path}`] ?? []) yield text === null ? null : fileOf(text);
    },
  };
}

async function resolve(world: World, repo = "shop") {
  const reader = readerOf(world, repo);
  const newest = world[`${repo}:${CONFIGURATION_PATH}`]?.[0] ?? null;
  const resolved = await resolveConfiguration(reader, newest === null ? null : fileOf(newest));
  return { ...resolved, calls: reader.calls };
}

describe("where the configuration comes from", () => {
  it("a valid file of the repository itself costs no call", async () => {
    const { config, facts, calls } = await resolve({ [OWN]: ["release: off"] });
    expect(config.release).toBe("off");
    expect(facts).toEqual({ revision: "oid of release: off", problems: [], usable: true });
    expect(calls).toEqual([]);
  });

  it("without a file the owner's .github repository is asked", async () => {
    const { config, facts } = await resolve({ [SHARED]: ["release: adopt"] });
    expect(config.release).toBe("adopt");
    expect(facts.revision).toBe("oid of release: adopt");
  });

  it("without any file everything has its default", async () => {
    const { config, facts } = await resolve({});
    expect(config).toEqual(defaultConfig);
    expect(facts).toEqual({ revision: "defaults", problems: [], usable: true });
  });

  it("the .github repository does not ask itself twice", async () => {
    const { calls } = await resolve({}, ".github");
    expect(calls).toEqual([]);
  });
});

describe("a wrong file", () => {
  it("S28: leaves the newest revision that validates in force, and is explained", async () => {
    const { config, facts } = await resolve({
      [OWN]: ["release: wrong", "release: 5", "release: adopt", "release: off"],
    });
    expect(config.release).toBe("adopt");
    expect(facts).toEqual({
      revision: "oid of release: adopt",
      problems: ['release, line 1: found "wrong"; allowed is create, adopt or off'],
      usable: true,
    });
  });

  it("is not usable when no revision ever validated", async () => {
    const { config, facts } = await resolve({ [OWN]: ["release: wrong", "release: 5"] });
    expect(facts.usable).toBe(false);
    expect(facts.problems).toHaveLength(1);
    expect(config).toEqual(defaultConfig);
  });

  it("does not bring back what was deleted on purpose", async () => {
    const { facts } = await resolve({ [OWN]: ["release: wrong", null, "release: off"] });
    expect(facts.usable).toBe(false);
  });

  it("is one that GitHub gives no text of", async () => {
    const { facts } = await readerAndResolve({ oid: "binary", text: null });
    expect(facts.usable).toBe(false);
    expect(facts.problems).toEqual(["the file must be UTF-8 text of at most 64 kB"]);
  });

  it("of the owner is named with its repository", async () => {
    const { facts } = await resolve({ [SHARED]: ["a: 1\na: 2", "release: off"] });
    expect(facts.problems[0]).toMatch(/^in acme\/\.github:\.github\/hotfix\.yml, line 2: the same key/u);
    expect(facts.usable).toBe(true);
  });

  async function readerAndResolve(current: ConfigurationFile) {
    return resolveConfiguration(readerOf({}), current);
  }
});

describe("_extends", () => {
  it("merges maps key by key, replaces lists, and the file itself outweighs what it builds on", async () => {
    const base =
      "services: { payment: { paths: [a/**], owners: ['@acme/pay'] } }\nlabels: { incident: fire }\nrelease: off";
    const { config, facts } = await resolve({
      [OWN]: ["_extends: .github\nservices: { payment: { paths: [b/**] }, basket: {} }\nrelease: adopt"],
      [SHARED]: [base],
    });
    expect(config.services).toEqual({
      payment: { paths: ["b/**"], owners: ["@acme/pay"] },
      basket: { paths: [], owners: [] },
    });
    expect(config.labels.incident).toBe("fire");
    expect(config.release).toBe("adopt");
    expect(facts.revision).toMatch(/^oid of _extends[^+]*\+oid of services/u);
  });

  it("may name a path, and the owner himself in any case", async () => {
    const { config } = await resolve({
      [OWN]: ["_extends: ACME/settings:hotfix/base.yml"],
      "settings:hotfix/base.yml": ["release: off"],
    });
    expect(config.release).toBe("off");
  });

  it("allows a file that is only complete together with what it builds on", async () => {
    const { config, facts } = await resolve({
      [OWN]: ["_extends: base\nseverities: { worst: { aliases: [sev0] } }"],
      [`base:${CONFIGURATION_PATH}`]: ["severities: { worst: { sla: 5 } }"],
    });
    expect(config.severities.worst).toEqual({ sla: 5, aliases: ["sev0"] });
    expect(facts.problems).toEqual([]);
  });

  it("an empty value takes what it builds on", async () => {
    const { config } = await resolve({
      [OWN]: ["_extends: base\nlabels:\n  incident:\n"],
      [`base:${CONFIGURATION_PATH}`]: ["labels: { incident: fire }"],
    });
    expect(config.labels.incident).toBe("fire");
  });

  it("a base that turned wrong stays in force as it last was, and says so", async () => {
    const { config, facts } = await resolve({
      [OWN]: ["_extends: base\nlabels: { incident: fire }"],
      [`base:${CONFIGURATION_PATH}`]: ["release: wrong", "release: off"],
    });
    expect(config.release).toBe("off");
    expect(config.labels.incident).toBe("fire");
    expect(facts.usable).toBe(true);
    expect(facts.problems).toEqual([
      'release, line 1 of acme/base:.github/hotfix.yml: found "wrong"; allowed is create, adopt or off',
    ]);
  });

  it("a problem of the merged whole is placed in the file that wrote the value", async () => {
    const { facts } = await resolve({
      [OWN]: ["_extends: base\nbranches: { hotfixPrefix: y/ }"],
      [`base:${CONFIGURATION_PATH}`]: ["\nbranches: { hotfixPrefix: x/, backMergePrefix: y/ }"],
    });
    expect(facts.problems[0]).toMatch(
      /^branches\.backMergePrefix, line 2 of acme\/base:\.github\/hotfix\.yml: found "y\/"; it must differ/u,
    );
  });

  it.each([
    ["evil/settings", "only repositories of acme may be named"],
    ["https://github.com/acme/x", "allowed is a path to a .yml file"],
    ["..", "allowed is repository or repository:path"],
    ["base:../../secrets.yml", "allowed is a path to a .yml file"],
    ["base:/etc/x.yml", "allowed is a path to a .yml file"],
    ["base:settings.json", "allowed is a path to a .yml file"],
    ["[a, b]", "allowed is repository or repository:path"],
    ["missing", "acme/missing has no .github/hotfix.yml on its default branch that this app may read"],
  ])("S29: refuses %s", async (value, problem) => {
    const { facts } = await resolve({ [OWN]: [`\n_extends: ${value}`] });
    expect(facts.usable).toBe(false);
    expect(facts.problems).toHaveLength(1);
    expect(facts.problems[0]).toContain("_extends, line 2: ");
    expect(facts.problems[0]).toContain(problem);
  });

  it("refuses files that build on each other in a circle", async () => {
    const { facts } = await resolve({
      [OWN]: ["_extends: base"],
      [`base:${CONFIGURATION_PATH}`]: ["_extends: SHOP"],
    });
    expect(facts.usable).toBe(false);
    expect(facts.problems[0]).toContain("in a circle");
  });

  it("allows five files below the first and refuses a sixth", async () => {
    const chain = (length: number): World =>
      Object.fromEntries(
        Array.from({ length: length + 1 }, (_, index) => [
          index === 0 ? OWN : `r${index}:${CONFIGURATION_PATH}`,
          [index === length ? "release: off" : `_extends: r${index + 1}`],
        ]),
      );
    expect((await resolve(chain(5))).config.release).toBe("off");
    const { facts } = await resolve(chain(6));
    expect(facts.usable).toBe(false);
    expect(facts.problems[0]).toContain("more than 5 files");
  });
});
