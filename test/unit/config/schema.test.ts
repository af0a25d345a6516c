import { execFile } from "node:child_process";
import process from "node:process";
import { promisify } from "node:util";
import { Ajv2020 } from "ajv/dist/2020.js";
import picomatch from "picomatch";
import { is } from "valibot";
import { describe, expect, it } from "vitest";
import { jsonSchema } from "../../../src/config/json-schema.ts";
import { configSchema, type ConfigInput } from "../../../src/config/schema.ts";
import { complaintAboutRule } from "../../../src/config/schema/forbid-rule-schema.ts";
import { fc } from "../../support/fast-check.ts";

function accepts(input: ConfigInput): boolean {
  return is(configSchema, input);
}

function acceptsProduction(production: string): boolean {
  // The release glob must not match it, and that is not what is asked here.
  return accepts({ branches: { production, integration: "another-name", release: "no/such/thing" } });
}

describe("branch names", () => {
  it.each(["main", "production", "release/live", "a.b", "a-b_c", "ümlaut", "v1", "deadbeef"])(
    "takes %s",
    (name) => {
      expect(acceptsProduction(name)).toBe(true);
    },
  );

  it.each([
    "refs/heads/main",
    "0123456789abcdef0123456789abcdef01234567",
    "-rf",
    "a..b",
    "a@{1}",
    "a.lock",
    "a.lock/b",
    "a.",
    "/a",
    "a/",
    "a//b",
    "a b",
    "a~1",
    "a^",
    "a:b",
    "a?",
    "a*",
    "a[b",
    "a\\b",
    "@",
    "HEAD",
    ".a",
    "a/.b",
    "a\u0000b",
    "a\u007fb",
    "",
  ])("S21: refuses %j", (name) => {
    expect(acceptsProduction(name)).toBe(false);
  });

  it("S21: takes no name that git refuses", async () => {
    const names = fc.sample(
      fc
        .array(fc.constantFrom(..."ab01./@{}~^:?*[\\ -_".split(""), ".lock", "refs/", "HEAD"), {
          minLength: 1,
          maxLength: 6,
        })
        .map((parts) => parts.join("")),
      { numRuns: 1_500, seed: 21 },
    );
    const taken = [...new Set(names)].filter(acceptsProduction).slice(0, 150);
    expect(taken.length).toBeGreaterThan(50);
    const refused = await Promise.all(taken.map(async (name) => ((await gitAllows(name)) ? null : name)));
    expect(refused.filter((name) => name !== null)).toEqual([]);
  });

  async function gitAllows(name: string): Promise<boolean> {
    return promisify(execFile)("git", ["check-ref-format", "--branch", name]).then(
      () => true,
      () => false,
    );
  }
});

describe("folders of documents", () => {
  it.each(["incidents", "docs/incidents", "docs/incidents/", "_posts", "a.b"])("takes %s", (reports) => {
    expect(accepts({ documents: { reports } })).toBe(true);
  });

  it.each([
    ".github",
    ".git",
    ".GitHub/workflows",
    "docs/.git",
    "docs/../.github",
    "..",
    "./a",
    "/etc",
    "a//b",
    "a\\b",
    "%2e%2e",
    "a\u0000",
    "",
    " ",
  ])("S25: refuses %j", (reports) => {
    expect(accepts({ documents: { reports } })).toBe(false);
  });
});

describe("tag formats", () => {
  it.each(["v{{version}}", "{{version}}", "hotfix-v{{version}}", "shop/v{{version}}"])(
    "takes %s",
    (format) => {
      expect(accepts({ tag: { format } })).toBe(true);
    },
  );

  it.each([
    "v",
    "{{version}}-x",
    "a..b{{version}}",
    "-{{version}}",
    "a//{{version}}",
    "v{{version}}{{version}}",
    "refs tags{{version}}",
  ])("S37: refuses %j", (format) => {
    expect(accepts({ tag: { format } })).toBe(false);
  });

  it.each(["01.0.0", "1.0", "v1.0.0", "1.0.0-rc.1", "99999999999999999999.0.0", "1.2.3; rm"])(
    "S37: refuses %s as first version",
    (first) => {
      expect(accepts({ tag: { first } })).toBe(false);
    },
  );
});

describe("globs", () => {
  it.each(["src/**", "src/**/*.{js,ts}", "**/*.test.*", "app/\\(shop\\)/**", "a?c/[ab]*"])(
    "takes %s",
    (glob) => {
      expect(accepts({ services: { a: { paths: [glob] } } })).toBe(true);
    },
  );

  it.each([
    "(a+)+$",
    "+(a|aa)b",
    "*a*a*a*a*b",
    "**/a/**/b/**/c/**/d",
    "a*b*c*",
    "**/*a/*b/*c/*d",
    "[a]+[a]+b",
    "{a,b}+c",
    "!(a)",
  ])("S27: refuses %s, which could be slow to match", (glob) => {
    expect(accepts({ services: { a: { paths: [glob] } } })).toBe(false);
  });

  it("S27: what is taken is matched against long paths in no time", () => {
    const globs = ["**/*a*a/**/z", "*a*b/**/*a", "**/a/**/a/**/z", "*a*/*a*b", "**/*a/*a*b", "*a*b"];
    const paths = [`${"a".repeat(60)}/`.repeat(10), "a/".repeat(300), "a".repeat(600)];
    const started = process.cpuUsage();
    for (const glob of globs) {
      expect(accepts({ services: { a: { paths: [glob] } } })).toBe(true);
      expect(paths.map((path) => picomatch(glob)(path))).toEqual([false, false, false]);
    }
    expect(process.cpuUsage(started).user).toBeLessThan(2_000_000);
  });
});

describe("the JSON Schema", () => {
  const validate = new Ajv2020({ strict: false }).compile(jsonSchema());

  it.each([
    [{}, true],
    [{ _extends: ".github", services: { payment: { paths: ["src/**"], currency: "EUR" } } }, true],
    [{ services: { payment: { path: [] } } }, false],
    [{ release: "maybe" }, false],
    [{ severities: { critical: {} } }, false],
    [{ branches: { production: "refs/heads/main" } }, false],
  ])("says of %j: %s", (file, valid) => {
    expect(validate(file)).toBe(valid);
  });
});

describe("a rule that a command brings", () => {
  it.each([
    [{}, null],
    [{ use: "total" }, "use must differ from forbid"],
    [{ forbid: "x".repeat(201) }, "forbid must have at most 200 characters"],
    [{ in: ["src/**", "(a+)+$"] }, "in.1 must be a glob with at most four wildcards"],
    [{ in: Array.from({ length: 101 }, () => "a") }, "in must have at most 100 entries"],
    [{ in: [] }, "in must not be empty"],
  ])("%j: %s", (change, complaint) => {
    const rule = { forbid: "total", in: ["**"], because: "INC-001", ...change };
    expect(complaintAboutRule(rule)?.slice(0, complaint?.length) ?? null).toBe(complaint);
  });
});
