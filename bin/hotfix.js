#!/usr/bin/env node
// Runs on whatever `node` the machine has; the product itself needs Node 24, which `npm ci` puts next to it.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import module from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const own = fileURLToPath(new URL("../node_modules/node/bin/node", import.meta.url));

if (Number(process.versions.node.split(".")[0]) >= 24) {
  // The sources are TypeScript: compiled once and kept, they load in a third of the time. Threads read the variable, this one has started.
  process.env.NODE_COMPILE_CACHE ??= join(homedir(), ".cache", "hotfix-responder", "compiled");
  module.enableCompileCache(process.env.NODE_COMPILE_CACHE);
  const { main } = await import("../src/cli/hotfix.ts");
  await main();
} else if (existsSync(own)) {
  const { status, error } = spawnSync(own, process.argv.slice(1), { stdio: "inherit" });
  if (error !== undefined) process.stderr.write(`hotfix: ${error.message}\n`);
  // 2: could not do it. 1 is how a check says that it found something.
  process.exitCode = status ?? 2;
} else {
  process.stderr.write("hotfix needs Node 24 or later.\n");
  process.exitCode = 2;
}
