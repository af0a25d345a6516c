import process from "node:process";
import { nearest } from "../config/nearest.ts";
import type { Command, Terminal } from "./command.ts";

interface Entry {
  readonly summary: string;
  /** Loaded when asked for, so that a small command does not pay for a large one. */
  readonly load: () => Promise<Command>;
}

const COMMANDS: Readonly<Record<string, Entry>> = {
  check: {
    summary: "look for forbidden names in a working tree: hotfix check [path] [--staged] [--fix]",
    load: async () => (await import("./check.ts")).check,
  },
  drill: {
    summary: "play an incident from label to landed on this machine: hotfix drill [--list]",
    load: async () => (await import("./drill.ts")).drill,
  },
  render: {
    summary:
      "write a document: hotfix render <document> --facts facts.json | --incident owner/repo#7 [--locale it]",
    load: async () => (await import("./render.ts")).render,
  },
  schema: {
    summary: "print the JSON Schema of .github/hotfix.yml",
    load: async () => (await import("./schema.ts")).schema,
  },
  validate: {
    summary: "check a configuration, a template (.hbs) or a document (.md): hotfix validate [file]",
    load: async () => (await import("./validate.ts")).validate,
  },
};

/** Finds the command that the first word names and runs it. Resolves to the exit code. */
export async function hotfix(words: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = words;
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    terminal.out(usage());
    return name === undefined ? 2 : 0;
  }
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (entry === undefined) {
    const guess = nearest(name, Object.keys(COMMANDS));
    terminal.error(
      `${JSON.stringify(name)} is not a command${guess === null ? "" : `; did you mean ${guess}?`}\n\n${usage()}`,
    );
    return 2;
  }
  return (await entry.load())(rest, terminal);
}

function usage(): string {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length));
  const lines = Object.entries(COMMANDS).map(
    ([name, entry]) => `  ${name.padEnd(width)}  ${entry.summary}\n`,
  );
  return `Usage: hotfix <command>\n\nCommands:\n${lines.join("")}`;
}

/** The command line of this process. */
export async function main(): Promise<void> {
  // `hotfix schema | head` closes the pipe early, which is no failure.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(0);
  });
  const terminal = {
    out: (text: string) => void process.stdout.write(text),
    error: (text: string) => void process.stderr.write(text),
    cwd: process.cwd(),
    searchPath: process.env.PATH ?? "",
    variables: process.env,
  };
  // What the process itself would answer to an exception, 1, is how a check says that it found something.
  process.on("uncaughtException", (error) => {
    terminal.error(`${error.stack ?? error.message}\n`);
    process.exit(2);
  });
  process.exitCode = await hotfix(process.argv.slice(2), terminal);
  // What is left to do by then is to give memory back, bit by bit: the system does it in no time.
  process.stdout.write("", () => process.exit());
}

if (import.meta.main) await main();
