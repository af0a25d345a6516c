#!/usr/bin/env node
// Runs on whatever `node` the machine has; the product itself needs Node 24, which `npm ci` puts next to it.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const entry = fileURLToPath(new URL("../src/cli/hotfix.ts", import.meta.url));
const own = fileURLToPath(new URL("../node_modules/node/bin/node", import.meta.url));
const node = Number(process.versions.node.split(".")[0]) >= 24 || !existsSync(own) ? process.execPath : own;

// The sources are TypeScript: compiled once and kept, they load in a third of the time.
const env = { NODE_COMPILE_CACHE: join(homedir(), ".cache", "hotfix-responder", "compiled"), ...process.env };
const { status, error } = spawnSync(node, [entry, ...process.argv.slice(2)], { stdio: "inherit", env });
if (error !== undefined) {
  process.stderr.write(`hotfix: ${error.message}\n`);
}
process.exitCode = status ?? 1;
