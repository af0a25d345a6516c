import type { CheckCommand } from "./check-commands.ts";
import type { FactCommand } from "./fact-commands.ts";
import type { FollowUpCommand } from "./follow-up-commands.ts";

/**
 * `/hotfix ...` in a comment. A command is a line of its own; lines that are quoted or in code are text about commands, not commands.
 * Reading says nothing about who may; see `incident/answers.ts`.
 */
export type Command =
  | { readonly name: "help" }
  | { readonly name: "why" }
  | { readonly name: "sync" }
  | { readonly name: "start" | "status" | "again" }
  | { readonly name: "abort" | "resolved"; readonly because: string }
  | { readonly name: "adopt"; readonly what: { readonly branch: string } | { readonly pullRequest: number } }
  | { readonly name: "target" | "skip" | "landed"; readonly branch: string; readonly because: string }
  | { readonly name: "severity"; readonly level: string }
  | CheckCommand
  | FollowUpCommand
  | FactCommand;

export type CommandName = Command["name"];

/** The commands of these names. */
export type CommandOf<Name extends CommandName, Each extends Command = Command> = Each extends Command
  ? Name extends Each["name"]
    ? Each
    : never
  : never;
