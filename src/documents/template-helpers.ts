import type { HelperOptions } from "handlebars";
import { formatDuration, formatExactDuration, formatMinutes } from "./duration.ts";
import { formatDay, formatInstant, formatInstants, formatTimeOfDay } from "./instant.ts";
import {
  code,
  type Command,
  command,
  isCommand,
  prose,
  quote,
  type SafeMarkdown,
  shellBlock,
  withStop,
} from "./markdown.ts";
import { ganttChart } from "./gantt-chart.ts";
import { formatExactMoney, formatMoney } from "./money.ts";
import type { PhaseView } from "./views/phase-view.ts";
import type { PieceRow } from "./views/impact-view.ts";

/** Everything that a template may call. Each returns Markdown that is safe, or text that is escaped like any other. */
export const templateHelpers = {
  code: (text: string): SafeMarkdown => code(text),
  prose: (text: string): SafeMarkdown => prose(text),
  quote: (text: string): SafeMarkdown => quote(text),
  /** One block to copy, a line for each `command`. */
  shell: (...lines: readonly unknown[]): SafeMarkdown =>
    shellBlock(lines.flat().filter((line) => isCommand(line))),
  /** `{{shell (command "git switch" branch)}}`: the first word is the template's own, the others are quoted. */
  command: (program: string, ...words: readonly unknown[]): Command =>
    command(
      program,
      words.filter((word) => typeof word === "string"),
    ),
  instant: (instant: string): string => formatInstant(instant),
  day: (instant: string): string => formatDay(instant),
  instants: (instants: readonly string[]): string => formatInstants(instants),
  timeOfDay: (instant: string): string => formatTimeOfDay(instant),
  /** A dash where it is not known: what one incident has another lacks, and no text may fail for it. */
  duration: (milliseconds: number | null): string =>
    milliseconds === null ? "–" : formatDuration(milliseconds),
  exactDuration: (milliseconds: number): string => formatExactDuration(milliseconds),
  /** With a full stop, where a person did not end it with a sign of their own. */
  fullStop: (text: string | SafeMarkdown): string | SafeMarkdown => withStop(text),
  minutes: (count: number): string => formatMinutes(count),
  money: (amount: number, currency: string): string => formatMoney(amount, currency),
  exactMoney: (amount: number, currency: string): string => formatExactMoney(amount, currency),
  /** `{{phaseChart phases merged="until the merge"}}`: one bar for each phase that the template has words for. */
  phaseChart: (phases: readonly PhaseView[], options: HelperOptions): SafeMarkdown | "" =>
    ganttChart(
      phases.flatMap(({ until, from, to }) => {
        const label: unknown = options.hash[until];
        return typeof label === "string" ? [{ label, from, to }] : [];
      }),
    ) ?? "",
  /** `{{impactChart pieces word="failing"}}`: one bar for each part of the time in which another share failed. */
  impactChart: (pieces: readonly PieceRow[], options: HelperOptions): SafeMarkdown | "" => {
    const word: unknown = options.hash.word;
    const label = (share: string): string => (typeof word === "string" ? `${share} ${word}` : share);
    return ganttChart(pieces.map(({ share, from, to }) => ({ label: label(share), from, to }))) ?? "";
  },
  eq: (one: unknown, other: unknown): boolean => one === other,
} as const;
