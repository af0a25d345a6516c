import { execFileSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { check } from "../../../src/cli/check.ts";

const CONFIGURATION =
  "checks:\n  forbid:\n    - { forbid: totalAmount, use: amount, in: [src/**], unless: Valid usage, because: PAYMENT-CRITICAL-042 }\n";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "hotfix-check-"));
  write(".github/hotfix.yml", CONFIGURATION);
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

describe("hotfix check", () => {
  test("exits with 1 and names every finding in a form that editors understand", async () => {
    write("src/pay.js", "// totalAmount\ncharge(order.totalAmount);\n");
    write("docs/a.js", "o.totalAmount");
    expect(await run()).toEqual({
      code: 1,
      out: [
        'src/pay.js:2:14: "totalAmount" is forbidden here (member access). Use "amount" instead. (PAYMENT-CRITICAL-042)',
        "    charge(order.totalAmount);",
        "1 forbidden use (1 file, 1 rule). With --fix it is replaced.\n",
      ].join("\n"),
      error: "",
    });
  });

  test("exits with 0 on a clean tree and with 0 where nothing is configured, saying so", async () => {
    write("src/pay.js", "order.amount");
    expect(await run()).toMatchObject({ code: 0, out: "Clean: 1 file, 1 rule.\n" });
    write(".github/hotfix.yml", "");
    expect(await run()).toMatchObject({ code: 0, out: "No rule is configured: nothing was checked.\n" });
  });

  test("rules in their full form count as rules; those that only warn do not fail", async () => {
    const rule =
      "{ id: no-float, language: JavaScript, rule: { pattern: parseFloat($A) }, message: Use cents";
    write("src/pay.js", "parseFloat(a);\n");
    write(".github/hotfix.yml", `checks: { rules: [${rule} }] }`);
    expect(await run()).toMatchObject({
      code: 1,
      out: "src/pay.js:1:1: Use cents\n    parseFloat(a);\n1 forbidden use (1 file, 1 rule).\n",
    });
    write(".github/hotfix.yml", `checks: { rules: [${rule}, severity: warning }] }`);
    expect(await run()).toMatchObject({
      code: 0,
      out: "src/pay.js:1:1: warning: Use cents\n    parseFloat(a);\nClean: 1 file, 1 rule, 1 warning.\n",
    });
  });

  test("S26: a file in every odd encoding is read, and a folder of a source's name is none", async () => {
    write("src/bom.js", "\uFEFFo.totalAmount\r\n");
    writeFileSync(join(root, "src/utf16.js"), Buffer.from("\uFEFFo.totalAmount", "utf16le"));
    writeFileSync(
      join(root, "src/broken.js"),
      Buffer.from([0x2f, 0x2f, 0xff, 0x0a, ...Buffer.from("o.totalAmount")]),
    );
    write("src/nul.js", "/* \0 */ o.totalAmount");
    write("src/-rf.js", "o.totalAmount");
    write("src/folder.js/a.js", "o.amount");
    const { code, out } = await run();
    expect(code).toBe(1);
    expect(out.match(/^src\/[^:]+:\d+:\d+/gmu)).toEqual([
      "src/-rf.js:1:3",
      "src/bom.js:1:3",
      "src/broken.js:2:3",
      "src/nul.js:1:11",
      "src/utf16.js:1:3",
    ]);
    expect(out).toContain("5 forbidden uses (6 files, 1 rule).");
  });

  test.each([
    ["a wrong configuration", [], "checks: { forbid: 3 }"],
    ["an unknown key", [], "checks: { forbit: [] }"],
    [
      "a rule whose pattern is no code",
      [],
      `checks: { rules: [{ id: a, language: JavaScript, rule: { pattern: "f(" }, message: x }] }`,
    ],
    ["bad YAML", [], "a: [1"],
    ["a path that is not there", ["nowhere"], CONFIGURATION],
    ["a configuration file that is not there", ["--config", "x.yml"], CONFIGURATION],
    ["an unknown option", ["--wrong"], CONFIGURATION],
    ["an unknown format", ["--format", "xml"], CONFIGURATION],
    ["--staged outside of a repository", ["--staged"], CONFIGURATION],
    ["--staged together with --fix", ["--staged", "--fix"], CONFIGURATION],
    ["two paths", ["a", "b"], CONFIGURATION],
  ])("exits with 2 for %s", async (_, words, configuration) => {
    write(".github/hotfix.yml", configuration);
    const { code, error, out } = await run(...words);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(error).not.toBe("");
  });

  test("lists its options when asked", async () => {
    const { code, out } = await run("--help");
    expect(code).toBe(0);
    for (const option of ["--staged", "--fix", "--format", "--config", "--cache"])
      expect(out).toContain(option);
  });

  test("checks a part of the tree with the rules of the whole", async () => {
    write("src/a/pay.js", "o.totalAmount");
    write("src/b/pay.js", "o.totalAmount");
    expect((await run("src/a")).out).toContain("1 forbidden use (1 file");
    expect((await run("src/b/pay.js")).out).toMatch(/^src\/b\/pay\.js:1:3:/u);
  });

  test("finds a name wherever it lies in a large file, which is read piece by piece", async () => {
    const line = "// call\n";
    const piece = 1 << 18;
    for (const [name, at] of [
      ["start", 0],
      ["before", piece - 12],
      ["across", piece - 8],
      ["behind", piece],
      ["second", 2 * piece - 16],
      ["end", 3 * piece],
    ] as const) {
      const before = `${line.repeat(at / 8)}${" ".repeat(at % 8)}`;
      write(`src/${name}.js`, `${before}o.totalAmount;\n${line.repeat((3 * piece - at) / 8)}`);
    }
    write("src/none.js", line.repeat((3 * piece) / 8));
    write("src/wide.js", Buffer.from(`\uFEFF${line.repeat(piece / 8)}o.totalAmount;`, "utf16le"));
    const { code, out } = await run();
    expect(code).toBe(1);
    expect(out.match(/^src\/\w+\.js:\d+:\d+/gmu)).toEqual([
      `src/across.js:${(piece - 8) / 8 + 1}:3`,
      `src/before.js:${(piece - 16) / 8 + 1}:7`,
      `src/behind.js:${piece / 8 + 1}:3`,
      `src/end.js:${(3 * piece) / 8 + 1}:3`,
      `src/second.js:${(2 * piece - 16) / 8 + 1}:3`,
      "src/start.js:1:3",
      `src/wide.js:${piece / 8 + 1}:3`,
    ]);
    expect(out).toContain("7 forbidden uses (8 files, 1 rule)");

    const rule = `{ id: no-eval, language: JavaScript, rule: { pattern: eval($A) }, message: no }`;
    write(".github/hotfix.yml", `checks: { rules: [${rule}] }`);
    write("src/none.js", `${" ".repeat(piece)}eval(x);`);
    expect((await run()).out).toMatch(/^src\/none\.js:\d+:/mu);
  });

  test("a file too large to be checked is no pass", async () => {
    write("src/a.js", "//".repeat(5_000_001));
    expect(await run()).toMatchObject({ code: 2 });
  });

  test("S26: follows no link", async () => {
    write("outside/a.js", "o.totalAmount");
    mkdirSync(join(root, "src"));
    symlinkSync(join(root, "outside/a.js"), join(root, "src/link.js"));
    symlinkSync(join(root, "outside"), join(root, "src/folder"));
    expect(await run()).toMatchObject({ code: 0 });
  });

  test("S26: what is asked for by name and never looked at is not called clean", async () => {
    write("src/a.js", "o.totalAmount");
    symlinkSync("a.js", join(root, "src/link.js"));
    symlinkSync("src", join(root, "linked"));
    execFileSync("mkfifo", [join(root, "src/pipe.js")]);
    const link = "there is a link on the way, and the check follows none";
    for (const [path, because] of [
      ["src/link.js", link],
      ["linked", link],
      ["linked/a.js", link],
      ["src/pipe.js", "it is neither a file nor a folder"],
    ] as const) {
      expect(await run(path)).toEqual({ code: 2, out: "", error: `${path}: ${because}\n` });
    }
    git("init", "--quiet");
    write(".gitignore", "src/made.js\n");
    write("src/made.js", "o.totalAmount");
    expect(await run("src/made.js")).toMatchObject({
      code: 2,
      error: "src/made.js: git ignores it, so it is not checked\n",
    });
    expect(await run("src")).toMatchObject({ code: 1 });
    write(".gitignore", "dist/\n");
    write("dist/made.js", "o.totalAmount");
    mkdirSync(join(root, "empty"));
    const ignored = { code: 2, out: "", error: "dist: git ignores it, so it is not checked\n" };
    expect(await run("dist")).toEqual(ignored);
    expect(await run("empty")).toMatchObject({ code: 0, out: "Clean: 0 files, 1 rule.\n" });
    git("add", "--force", "dist/made.js");
    expect(await run("dist")).toMatchObject({ code: 0 });
  });

  test.each([
    [
      "a link to itself",
      () => symlinkSync("hotfix.yml", join(root, ".github/hotfix.yml")),
      "it cannot be read",
    ],
    ["a pipe", () => execFileSync("mkfifo", [join(root, ".github/hotfix.yml")]), "it is no file"],
  ])("S28: a configuration that is %s is no trace and no wait, but a sentence", async (_, make, because) => {
    rmSync(join(root, ".github/hotfix.yml"));
    make();
    const { code, out, error } = await run();
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(error).toContain(`hotfix.yml: ${because}`);
    expect(error).not.toContain("    at ");
  });

  test("S7: names and lines cannot steer the terminal", async () => {
    write("src/\u001B[2Ja.js", "o.totalAmount; // \u001B]0;x\u0007 \u202E");
    const { out } = await run();
    expect(out).not.toMatch(/[\u001B\u0007\u202E]/u);
    expect(out).toContain("\uFFFD[2Ja.js:1:3");
  });
});

describe("hotfix check --fix", () => {
  test("writes what the rules name and leaves every other byte, mode and line end", async () => {
    write(
      "src/a.ts",
      "\uFEFFconst { totalAmount } = o;\r\nsend({ totalAmount, x: o?.['totalAmount'] });\r\n// totalAmount\r\n",
    );
    chmodSync(join(root, "src/a.ts"), 0o755);
    const { code, error } = await run("--fix");
    expect({ code, error }).toEqual({ code: 0, error: "3 replaced\n" });
    expect(readFileSync(join(root, "src/a.ts"), "utf8")).toBe(
      "\uFEFFconst { amount: totalAmount } = o;\r\nsend({ amount: totalAmount, x: o?.['amount'] });\r\n// totalAmount\r\n",
    );
    expect(statSync(join(root, "src/a.ts")).mode & 0o777).toBe(0o755);
    expect(await run()).toMatchObject({ code: 0 });
  });

  test("leaves to people what only people can mend, and says so", async () => {
    write("src/a.sql", "select totalAmount");
    write("src/b.ts", "class A { constructor(private totalAmount: number) {} }");
    write("src/c.js", Buffer.from([0x2f, 0x2f, 0xff, 0x0a, ...Buffer.from("o.totalAmount")]));
    const before = await run();
    expect(before.out).not.toContain("--fix");
    expect(before.out).toContain(
      "src/c.js: Not valid UTF-8, so a person mends it: nothing is replaced in it.\n",
    );
    expect(await run("--fix")).toMatchObject({ code: 1, error: "0 replaced\n", out: before.out });
    expect(readFileSync(join(root, "src/c.js"))[2]).toBe(0xff);
  });
});

describe("hotfix check in a git repository", () => {
  beforeEach(() => {
    git("init", "--quiet");
    write(".gitignore", "dist/\n");
    write("src/dist/a.js", "o.totalAmount");
  });

  test("looks at tracked and new files, not at ignored ones", async () => {
    write("src/new.js", "o.totalAmount");
    write("src/ä ö.js", "o.totalAmount");
    expect((await run()).out).toContain("2 forbidden uses (2 files");
  });

  test("--staged checks what will be committed, whatever the working tree has", async () => {
    write("src/a.js", "o.totalAmount");
    write("src/b.js", "o.amount");
    git("add", "src/a.js", "src/b.js");
    write("src/a.js", "o.amount");
    write("src/b.js", "o.totalAmount");
    expect((await run("--staged")).out).toMatch(
      /^src\/a\.js:1:3:[\s\S]*1 forbidden use \(2 files, 1 rule\)\. With `hotfix check --fix` and `git add` it is replaced\.\n$/u,
    );
    git("-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "--quiet", "--message", "a");
    expect(await run("--staged")).toMatchObject({ code: 0, out: "Clean: 0 files, 1 rule.\n" });
    git("add", "src/b.js");
    git("rm", "--quiet", "--cached", "src/a.js");
    expect((await run("--staged")).out).toMatch(/^src\/b\.js:1:3:/u);
  });
});

describe("what hotfix check could not look at", () => {
  test("S26: a file over 10 MB is not passed, on disk and staged, and the last line says so", async () => {
    write("src/large.js", `${" ".repeat(10_000_001)}o.amount`);
    const told = {
      code: 2,
      out: "src/large.js: not checked: Larger than 10 MB, not looked at.\nNot passed: 1 file not checked (1 file, 1 rule).\n",
    };
    expect(await run()).toMatchObject(told);
    git("init", "--quiet");
    git("add", ".");
    expect(await run("--staged")).toMatchObject(told);
    write("src/a.js", "o = { totalAmount: 1, total: o.totalAmount, amount: 1 };");
    const { code, out } = await run();
    expect(code).toBe(1);
    expect(out).toContain(
      "2 forbidden uses (2 files, 1 rule). 1 file not checked. With --fix 1 is replaced.\n",
    );
  });

  test("S26: a name that is not UTF-8 is told of, and no rule's business is not", async () => {
    git("init", "--quiet");
    mkdirSync(join(root, "src"), { recursive: true });
    const named = (folder: string) =>
      Buffer.concat([Buffer.from(`${root}/${folder}caf`), Buffer.from([0xe9, 0x2e, 0x6a, 0x73])]);
    writeFileSync(named(""), "o.totalAmount");
    expect(await run()).toMatchObject({ code: 0, out: "Clean: 0 files, 1 rule.\n" });
    writeFileSync(named("src/"), "o.totalAmount");
    const { code, out } = await run();
    expect(code).toBe(2);
    expect(out).toContain(
      "src/caf\uFFFD.js: not checked: Its name is not valid UTF-8, not looked at.\nNot passed: 1 file not checked",
    );
    git("add", ".");
    expect((await run("--staged")).out).toMatch(/^src\/caf\uFFFD\.js:1:3: /u);
  });

  test("a repository that git refuses is no finding: 2, and what git says", async () => {
    git("init", "--quiet");
    write("src/a.js", "o.totalAmount");
    rmSync(join(root, ".git/HEAD"));
    for (const words of [[], ["--staged"]]) {
      const { code, out, error } = await run(...words);
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(error).toMatch(/^git (?:ls-files|rev-parse): fatal: not a git repository/u);
    }
  });

  test("the first commit of a repository with longer object names is checked", async () => {
    git("init", "--quiet", "--object-format=sha256");
    write("src/a.js", "o.totalAmount");
    git("add", ".");
    expect(await run("--staged")).toMatchObject({ code: 1 });
  });

  test("words that are wrong are answered with what is wrong, before the usage", async () => {
    expect((await run("--format", "xml")).error).toMatch(
      /^hotfix check: --format is one of text, json, sarif, github\n\nUsage/u,
    );
    expect((await run("--staged", "--fix")).error).toMatch(
      /^hotfix check: --fix changes files and --staged looks at what git has/u,
    );
    expect((await run("a", "b")).error).toMatch(/^hotfix check: one path at a time\n/u);
  });
});

describe("hotfix check on a tree that is worth a second thread", () => {
  beforeEach(() => {
    for (let index = 0; index < 1_600; index += 1) {
      write(`src/f${index}.js`, index % 100 === 0 ? "o.totalAmount;" : "o.amount;");
    }
  });

  test("finds what one thread finds, in the same order", async () => {
    const both = await run();
    expect(both.out).toContain("16 forbidden uses (1,600 files, 1 rule)");
    const apart = await Promise.all([run("src/f0.js"), run("src/f100.js"), run("src/f1000.js")]);
    const lines = apart.flatMap(({ out }) => out.split("\n").slice(0, 2));
    expect(both.out.split("\n").slice(0, 6)).toEqual(lines);
  });

  test("a configuration that turns out to be wrong ends it", async () => {
    write(".github/hotfix.yml", `${CONFIGURATION}wrong: 1\n`);
    expect(await run()).toMatchObject({ code: 2, out: "" });
  });
});

describe("the cache of hotfix check", () => {
  const old = new Date("2020-01-01T00:00:00Z");

  function writeOld(path: string, content: string): void {
    write(path, content);
    utimesSync(join(root, path), old, old);
  }

  test("gives the same report as before, and never hides a change", async () => {
    writeOld("src/a.js", "o.totalAmount");
    writeOld("src/b.js", "o.total_Amount");
    writeOld("src/c.js", "o.amount");
    await untilTrusted();
    const first = await run();
    expect(cacheText()).toContain("src/c.js");
    expect(await run()).toEqual(first);

    // The same length and the old modification time: only the change time tells.
    writeOld("src/b.js", "o.totalAmount ");
    expect((await run()).out).toContain("src/b.js:1:3");
    rmSync(join(root, "src/a.js"));
    writeOld("src/d.js", "o.totalAmount");
    const { out } = await run();
    expect(out).toContain("2 forbidden uses (3 files, 1 rule)");
    expect(out).not.toContain("src/a.js");
    write(".github/hotfix.yml", "checks: { forbid: [{ forbid: amount }] }");
    expect((await run()).out).toMatch(/^src\/c\.js:1:3/u);
  });

  test("a file that changed a moment ago is not trusted: it may change again in the same tick", async () => {
    writeOld("src/a.js", "o.amount");
    await run();
    pretend("src/a.js");
    expect((await run()).out).not.toContain("pretended");

    await untilTrusted();
    write("src/b.js", "o.amount");
    await run();
    pretend("src/a.js", "src/b.js");
    const { out } = await run();
    expect(out).toContain("src/a.js: not checked: pretended");
    expect(out).not.toContain("src/b.js: not checked: pretended");
  });

  test("is left as it is by a run that finds nothing changed, also where rules cover a part of the files", async () => {
    writeOld("src/a.js", "o.totalAmount");
    writeOld("lib/b.js", "o.totalAmount");
    await untilTrusted();
    await run();
    const before = statSync(cacheFile()).ino;
    await run();
    expect(statSync(cacheFile()).ino).toBe(before);
    writeOld("src/c.js", "o.amount");
    await run();
    expect(statSync(cacheFile()).ino).not.toBe(before);
  });

  test.each(["", "x", "{}", "\0".repeat(64), "\xff".repeat(64)])(
    "a damaged cache %j counts as empty",
    async (damage) => {
      writeOld("src/a.js", "o.totalAmount");
      await run();
      const [cache] = execFileSync("ls", [join(root, ".cache")], { encoding: "utf8" })
        .trim()
        .split("\n");
      writeFileSync(join(root, ".cache", cache!), damage, "latin1");
      expect(await run()).toMatchObject({ code: 1 });
    },
  );

  test("a folder that cannot be written is no failure", async () => {
    write(".cache", "a file where the folder should be");
    write("src/a.js", "o.totalAmount");
    expect(await run()).toMatchObject({ code: 1 });
  });
});

/** A change time cannot be set, only waited for. */
function untilTrusted(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 2_100));
}

function cacheFile(): string {
  const [name] = readdirSync(join(root, ".cache"));
  return join(root, ".cache", name!);
}

/** Puts a note about these files into the cache: whoever trusts it repeats that. */
function pretend(...files: readonly string[]): void {
  const bytes = readFileSync(cacheFile());
  const start = bytes.indexOf('{"basis"');
  const head = JSON.parse(bytes.toString("utf8", start)) as { paths: string[]; results: object };
  const result = { findings: [], notes: [{ sentence: "pretended", incomplete: true }], omitted: 0 };
  head.results = Object.fromEntries(files.map((file) => [head.paths.indexOf(file), result]));
  writeFileSync(cacheFile(), Buffer.concat([bytes.subarray(0, start), Buffer.from(JSON.stringify(head))]));
}

function cacheText(): string {
  return readFileSync(cacheFile(), "latin1");
}

async function run(...words: readonly string[]): Promise<{ code: number; out: string; error: string }> {
  let out = "";
  let error = "";
  const terminal = {
    out: (text: string) => void (out += text),
    error: (text: string) => void (error += text),
    cwd: root,
    searchPath: "",
  };
  const code = await check([...words, "--cache", join(root, ".cache")], terminal);
  return { code, out, error };
}

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

function git(...words: readonly string[]): void {
  execFileSync("git", words, { cwd: root });
}
