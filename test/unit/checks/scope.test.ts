import { describe, expect, test } from "vitest";
import { scopeFindings, type ScopeInput } from "../../../src/checks/properties/scope.ts";
import { secretsIn } from "../../../src/checks/properties/secrets.ts";
import { type PropertyReport, propertyVerdict } from "../../../src/checks/property-verdict.ts";
import { defaultConfig } from "../../../src/config/schema.ts";
import { changed, commit, removed } from "./change-builder.ts";

describe("the scope of a hotfix", () => {
  test("is not there while only the opening commit is", () => {
    expect(codes({ changes: [] })).toEqual(["no-fix-yet"]);
  });

  test("a small fix with its test passes", () => {
    expect(
      codes({ changes: [changed("src/pay.js"), changed("test/pay.test.js"), removed("src/old.js")] }),
    ).toEqual([]);
  });

  test("counts files, lines and services", () => {
    const many = Array.from({ length: 21 }, (_, index) => changed(`a/f${index}.js`));
    expect(codes({ changes: many })).toEqual(["too-many-files"]);
    expect(codes({ changes: [changed("a.js", "x\n".repeat(300), { deletions: 101 })] })).toEqual([
      "too-many-lines",
    ]);
    const services = {
      payment: { paths: ["src/payment/**"], owners: [] },
      cart: { paths: ["src/cart/**"], owners: [] },
    };
    const [both] = find({ changes: [changed("src/payment/a.js"), changed("src/cart/a.js")], services });
    expect(both).toMatchObject({ code: "too-many-services" });
    expect(both!.sentence).toContain("2 services (payment, cart)");
    expect(codes({ changes: [changed("src/payment/a.js"), changed("README.md")], services })).toEqual([]);
  });

  test("names the merge that brought work of the integration branch", () => {
    const [found] = find({
      commits: [commit("f", "e"), commit("e", "bd"), commit("d", "c"), commit("c", "a"), commit("b", "a")],
      integrationOnly: new Set(["d".repeat(40), "c".repeat(40)]),
    });
    expect(found).toMatchObject({ code: "integration-work" });
    expect(found!.sentence).toBe(
      "The hotfix contains work (2 commits) of `develop` that production does not have. It came with eeeeeee of ben.",
    );
    expect(found!.nextStep).toContain("Take eeeeeee off the branch");
  });

  test("a branch that was cut from integration is told from one that merged it", () => {
    const [found] = find({
      commits: [commit("f", "d"), commit("d", "c")],
      integrationOnly: new Set(["d".repeat(40)]),
    });
    expect(found!.sentence).toContain("The branch was cut from `develop` or moved onto it.");
    expect(found!.nextStep).toContain("Cut the fix from production again");
  });

  test("a merge of production is no merge of integration", () => {
    expect(codes({ commits: [commit("e", "bd"), commit("b", "a")] })).toEqual([]);
  });

  test("finds conflict markers, and takes no heading for one", () => {
    const conflict = "a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> develop\n";
    expect(find({ changes: [changed("a.js", conflict)] })).toMatchObject([
      { code: "conflict-markers", line: 2 },
    ]);
    expect(codes({ changes: [changed("a.js", conflict.replaceAll("\n", "\r\n"))] })).toEqual([
      "conflict-markers",
    ]);
    expect(codes({ changes: [changed("a.md", "Title\n=======\n<<<<<<<< no\n> quote\n")] })).toEqual([]);
    expect(codes({ changes: [changed("a.md", "<<<<<<< HEAD\nhow a conflict begins\n")] })).toEqual([]);
    const old = changed("a.js", conflict, { addedLines: new Map([[1, "a"]]) });
    expect(codes({ changes: [old] })).toEqual([]);
  });

  test("S26: refuses links, submodules, binaries and files that are too large", () => {
    const changes = [
      changed("link", "/etc/passwd", { mode: "120000" }),
      changed("module", "", { mode: "160000", text: null }),
      changed("was-link", "x", { mode: "100644", previousMode: "120000" }),
      changed("logo.png", "", { isBinary: true, text: null }),
      changed("data.json", "x", { size: 1_000_001 }),
    ];
    expect(find({ changes }).map(({ path, code }) => [path, code])).toEqual([
      ["link", "symbolic-link"],
      ["module", "submodule"],
      ["was-link", "symbolic-link"],
      ["logo.png", "binary"],
      ["data.json", "oversized"],
    ]);
  });

  test.each([
    ["const token = 'ghp_abcdefghijklmnopqrstuvwxyzABCDEF1234';", "github token"],
    ["AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMIK7MDENGbPxRfiCYzEXAMPLEKEYA", "aws secret access key"],
    [
      "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA0Z3VS5JJcds3xfn/ygWyF8PbnGy0AHB7MhgHcTz6sE2I2yPB\naFDrBz9vFqU4yCkP0h3nfD5tq0u9wQe2RrR0yF1h9k2jv3h3t4jQ\n-----END RSA PRIVATE KEY-----",
      "private key",
    ],
  ])("a line that looks like a secret is found, and named in words: %s", async (line, what) => {
    const { secrets } = await secretsIn([changed("src/a.js", `a();\n${line}\n`)]);
    expect(secrets).toEqual([{ path: "src/a.js", line: 2, what }]);
  });

  test.each(["// secretlint-disable", "/* secretlint-disable-next-line */", "# Secretlint-disable"])(
    "S27: what is pushed does not switch the search for secrets off: %s",
    async (comment) => {
      const text = `${comment}\nconst token = 'ghp_abcdefghijklmnopqrstuvwxyzABCDEF1234'; // secretlint-disable-line\n`;
      const { secrets } = await secretsIn([changed("src/a.js", text)]);
      expect(secrets).toEqual([{ path: "src/a.js", line: 2, what: "github token" }]);
    },
  );

  test("the most urgent is told first", () => {
    const many = Array.from({ length: 21 }, (_, index) => changed(`f${index}`));
    const conflict = changed("a.js", "<<<<<<< a\n>>>>>>> b\n");
    const secrets = [{ path: "a.js", line: 3, what: "github token" }];
    expect(codes({ changes: [...many, conflict], secrets })).toEqual([
      "secret",
      "conflict-markers",
      "too-many-files",
    ]);
  });

  test("another address for submodules is a change of them", () => {
    expect(codes({ changes: [changed(".gitmodules", "[submodule]\n")] })).toEqual(["submodule"]);
  });

  test("a secret fails the line without showing what it is", () => {
    const [found] = find({ secrets: [{ path: "a.js", line: 3, what: "GitHub token" }] });
    expect(found).toMatchObject({ code: "secret", level: "failure", path: "a.js", line: 3 });
  });
});

describe("the verdict of a property", () => {
  test("says what to do first and lists the rest", () => {
    const findings = find({
      changes: [changed("link", "x", { mode: "120000" }), changed("a\nb.png", "", { isBinary: true })],
    });
    const verdict = verdictOf({ findings });
    expect(verdict).toMatchObject({
      conclusion: "failure",
      title: "A symbolic link is added, changed or removed. And 1 more.",
      annotations: [{ path: "link", start_line: 1, annotation_level: "failure" }],
    });
    expect(verdict.summary).toMatch(
      /^\*\*Not ready: 2 things stand in the way\.\*\* `link`: A symbolic link is added, changed or removed\.\n\n\*\*What to do:\*\* Leave links as they are in a hotfix\./u,
    );
  });

  test("passes, warns and admits what it could not see", () => {
    expect(verdictOf({})).toMatchObject({ conclusion: "success", title: "Fine." });
    expect(verdictOf({ limits: ["The diff is cut off."] })).toMatchObject({
      conclusion: "action_required",
      title: "The diff is cut off.",
    });
    expect(verdictOf({ limits: ["The diff is cut off."] }).summary).toContain(
      "**What to do:** A person looks at what was not checked, and then writes `/hotfix override scope because <reason>` on the incident.",
    );
    const warning = { ...find({ changes: [] })[0]!, level: "warning" as const };
    expect(verdictOf({ findings: [warning] }).conclusion).toBe("neutral");
  });

  test("advises where it does not block", () => {
    const findings = find({ changes: [] });
    const verdict = verdictOf({ findings, limits: ["The diff is cut off."] }, false);
    expect(verdict.conclusion).toBe("neutral");
    expect(verdict.summary).toMatch(/^\*\*Advice: 1 thing could be better\.\*\*/u);
    expect(verdictOf({}, false).conclusion).toBe("success");
  });

  test("S22: a path of a stranger does nothing, and 5,000 findings keep to GitHub's limit", () => {
    const hostile = find({ changes: [changed("@acme/all `<img>` fixes #1", "", { isBinary: true })] });
    expect(verdictOf({ findings: hostile }).summary).not.toMatch(/@acme|<img>/u);
    const many = Array.from({ length: 5_000 }, (_, index) => ({ ...hostile[0]!, path: `f${index}` }));
    const { summary } = verdictOf({ findings: many });
    expect(summary.length).toBeLessThan(65_535);
    expect(summary).toMatch(/- [\d]+ more did not fit on this page\.$/u);
  });
});

function verdictOf(report: Partial<PropertyReport>, blocks = true) {
  return propertyVerdict(
    { property: "scope", findings: [], passed: "Fine.", limits: [], details: [], ...report },
    blocks,
  );
}

function find(input: Partial<ScopeInput>) {
  return scopeFindings({
    changes: [changed("src/a.js")],
    commits: [],
    integrationOnly: new Set(),
    integration: "develop",
    services: {},
    secrets: [],
    limits: defaultConfig.checks.scope,
    ...input,
  });
}

function codes(input: Partial<ScopeInput>): readonly string[] {
  return find(input).map(({ code }) => code);
}
