import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { figure } from "./figure.ts";

const FILES = 10_000;
/** One file in fifty uses the name. */
const EVERY = 50;
/** Of a machine that others use as well, now and then one is quiet for all of them. */
const ROUNDS = 15;
const NAME = "totalAmount";
const root = fileURLToPath(new URL("..", import.meta.url));

/** `hotfix check` on 10,000 files of installed packages, against grep on the same tree, each the best of several runs taken in turn. */
export async function check(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), "hotfix-bench-"));
  try {
    makeCorpus(folder);
    const first: number[] = [];
    const second: number[] = [];
    const grep: number[] = [];
    const rg: number[] = [];
    const memory: number[] = [];
    const memoryAgain: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const cache = join(folder, ".cache", String(round));
      grep.push(time("grep", ["-rn", NAME, "src"], folder));
      rg.push(time("rg", ["-n", NAME, "src"], folder));
      first.push(time(process.execPath, [join(root, "bin/hotfix.js"), "check", "--cache", cache], folder));
      second.push(time(process.execPath, [join(root, "bin/hotfix.js"), "check", "--cache", cache], folder));
      const fresh = `${cache}-memory`;
      memory.push(peakMegabytes(folder, fresh));
      memoryAgain.push(peakMegabytes(folder, fresh));
    }
    const [cold, warm, base] = [Math.min(...first), Math.min(...second), Math.min(...grep)];
    const ripgrep = Math.min(...rg);
    const [peak, peakAgain] = [Math.max(...memory), Math.max(...memoryAgain)];
    console.log(`    grep -rn ${base} ms, rg ${Number.isFinite(ripgrep) ? `${ripgrep} ms` : "not here"}`);
    console.log(`    hotfix check ${cold} ms, again with nothing changed ${warm} ms`);
    return [
      figure("first run, times grep -rn", round2(cold / base), 3),
      figure("second run, times grep -rn", round2(warm / base), 1),
      figure("peak memory", peak, 300, " MB"),
      figure("peak memory of the second run, times the first", round2(peakAgain / peak), 1),
    ].every(Boolean);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Files of installed packages, again under other names where there are too few. */
function makeCorpus(folder: string): void {
  const sources = sourceFiles(join(root, "node_modules"));
  const old = new Date("2020-01-01T00:00:00Z");
  for (let index = 0; index < FILES; index += 1) {
    const source = sources[index % sources.length]!;
    const path = join(
      folder,
      "src",
      String(index % 97),
      `${index}-${source.slice(source.lastIndexOf("/") + 1)}`,
    );
    const text = readFileSync(source);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(
      path,
      index % EVERY === 0 ? Buffer.concat([text, Buffer.from(`\n;charge(order.${NAME});\n`)]) : text,
    );
    utimesSync(path, old, old);
  }
  mkdirSync(join(folder, ".github"));
  writeFileSync(
    join(folder, ".github/hotfix.yml"),
    `checks: { forbid: [{ forbid: ${NAME}, use: amount, in: [src/**], unless: Valid usage }] }\n`,
  );
  // While the system still writes the files to the disk, it needs the second processor itself.
  spawnSync("sync");
  // The cache trusts no file that has just changed.
  spawnSync("sleep", ["2.1"]);
}

function sourceFiles(from: string): readonly string[] {
  const found: string[] = [];
  for (const folders = [from]; folders.length > 0 && found.length < FILES; ) {
    const folder = folders.pop()!;
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) folders.push(path);
      else if (entry.isFile() && /\.[cm]?[jt]sx?$/u.test(entry.name)) found.push(path);
    }
  }
  return found;
}

/** Milliseconds; infinite where the program is not there. */
function time(program: string, words: readonly string[], cwd: string): number {
  const start = performance.now();
  const { error } = spawnSync(program, words, { cwd, stdio: "ignore" });
  return error === undefined ? Math.round(performance.now() - start) : Number.POSITIVE_INFINITY;
}

/** Megabytes that a run takes at most, in a process of its own. */
function peakMegabytes(folder: string, cache: string): number {
  const script = `
    const { check } = await import(${JSON.stringify(join(root, "src/cli/check.ts"))});
    const silent = () => undefined;
    await check(["--cache", ${JSON.stringify(cache)}], { out: silent, error: silent, cwd: ${JSON.stringify(folder)}, searchPath: "" });
    console.log(process.resourceUsage().maxRSS);`;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
    encoding: "utf8",
  });
  return Math.round(Number(stdout) / 1000);
}

function round2(number: number): number {
  return Math.round(number * 100) / 100;
}
