import { type Amount, parseAmount } from "./amount.ts";
import { quoted } from "./quoted.ts";
import { type Say, sayIn } from "./say.ts";
import type { Instant } from "./state/instant.ts";

/** What the issue form "Incident" said. null where nothing (usable) was given. */
export interface Form {
  readonly service: string | null;
  readonly severity: string | null;
  readonly description: string | null;
  readonly impactStarted: Instant | null;
  readonly usersAffected: string | null;
  readonly revenuePerHour: number | null;
  /** How the figure was given. Absent: by the hour. */
  readonly revenuePer?: "minute";
  readonly currency: string | null;
  readonly slaMinutes: number | null;
  /** What could not be read, one plain sentence each. */
  readonly problems: readonly string[];
}

/** Labels of `.github/ISSUE_TEMPLATE/incident.yml`, in the form's order. Only labels reach the body: changing one breaks the reading. */
export const formLabels = [
  "Service",
  "Severity",
  "What is broken",
  "Impact started",
  "Users affected",
  "Revenue per hour",
  "Currency",
  "SLA minutes",
] as const;

type Label = (typeof formLabels)[number];

const MAX_SLA_MINUTES = 60 * 24 * 30;
const SHORT_ANSWER = 200;

/** @param say in whose words problems are told; only who shows them needs the language of the repository */
export function parseForm(body: string, say: Say = sayIn("en")): Form {
  const { answers, problems } = readAnswers(body, say);
  const impact = readInstant(answers.get("Impact started") ?? null, say);
  const amount = readAmount(answers.get("Revenue per hour") ?? null, say);
  const currency = readCurrency(answers.get("Currency") ?? null, say);
  const sla = readMinutes(answers.get("SLA minutes") ?? null, say);
  const clash =
    amount.value?.currency != null && currency.value !== null && amount.value.currency !== currency.value
      ? [
          say('"Revenue per hour" is in {one} but "Currency" says {other}', {
            one: amount.value.currency,
            other: currency.value,
          }),
        ]
      : [];
  return {
    service: short(answers.get("Service")),
    severity: short(answers.get("Severity")),
    description: answers.get("What is broken") ?? null,
    impactStarted: impact.value,
    usersAffected: short(answers.get("Users affected")),
    revenuePerHour: clash.length > 0 ? null : (amount.value?.value ?? null),
    ...(clash.length === 0 && amount.value?.per === "minute" && { revenuePer: "minute" as const }),
    currency: clash.length > 0 ? null : (currency.value ?? amount.value?.currency ?? null),
    slaMinutes: sla.value,
    problems: [
      ...problems,
      ...impact.problems,
      ...amount.problems,
      ...currency.problems,
      ...sla.problems,
      ...clash,
    ],
  };
}

interface Answers {
  readonly answers: ReadonlyMap<Label, string>;
  readonly problems: readonly string[];
}

/**
 * Walks the labels in the form's order and takes for each its first heading after the previous one, so that a heading typed into a long answer
 * cannot take a later field's place. A known heading that is there twice is reported, and that field is left empty: it may be either.
 */
function readAnswers(body: string, say: Say): Answers {
  const lines = body.replaceAll("\r\n", "\n").replaceAll("\r", "\n").split("\n");
  const headings = headingsOf(lines);
  const known = headings.filter((heading) => (formLabels as readonly string[]).includes(heading.label));
  const doubled = new Set(
    known
      .filter((one, index) => known.findIndex((each) => each.label === one.label) < index)
      .map((each) => each.label),
  );
  const answers = new Map<Label, string>();
  let from = -1;
  for (const label of formLabels) {
    const heading = known.find((each) => each.label === label && each.line > from);
    if (heading === undefined) continue;
    from = heading.line;
    if (doubled.has(label)) continue;
    const end = known.find((each) => each.line > from)?.line ?? lines.length;
    const answer = lines
      .slice(from + 1, end)
      .join("\n")
      .trim();
    if (answer !== "" && answer !== "_No response_" && answer !== "None") answers.set(label, answer);
  }
  return {
    answers,
    problems: [...doubled].map((label) =>
      say('the heading "{label}" is in the issue more than once, so that answer was not used', { label }),
    ),
  };
}

function headingsOf(lines: readonly string[]): readonly { readonly label: string; readonly line: number }[] {
  const headings: { label: string; line: number }[] = [];
  let fence: string | null = null;
  for (const [line, text] of lines.entries()) {
    const mark = /^ {0,3}(`{3,}|~{3,})(.*)$/u.exec(text);
    if (fence !== null) {
      if (mark !== null && mark[1]!.startsWith(fence) && mark[2]!.trim() === "") fence = null;
      continue;
    }
    if (mark !== null && !(mark[1]!.startsWith("`") && mark[2]!.includes("`"))) {
      fence = mark[1]!;
      continue;
    }
    const heading = /^### (\S.*?)\s*$/u.exec(text);
    if (heading !== null) headings.push({ label: heading[1]!, line });
  }
  return headings;
}

interface Reading<Value> {
  readonly value: Value | null;
  readonly problems: readonly string[];
}

function readAmount(answer: string | null, say: Say): Reading<Extract<Amount, { ok: true }>> {
  if (answer === null) return { value: null, problems: [] };
  const amount = parseAmount(answer.slice(0, SHORT_ANSWER), say);
  return amount.ok
    ? { value: amount, problems: [] }
    : { value: null, problems: [`"Revenue per hour": ${amount.why}`] };
}

function readCurrency(answer: string | null, say: Say): Reading<string> {
  if (answer === null) return { value: null, problems: [] };
  const code = answer.toUpperCase();
  return /^[A-Z]{3}$/u.test(code)
    ? { value: code, problems: [] }
    : {
        value: null,
        problems: [say('"Currency" must be a code such as EUR, not {answer}', { answer: quoted(answer) })],
      };
}

function readMinutes(answer: string | null, say: Say): Reading<number> {
  if (answer === null) return { value: null, problems: [] };
  const match = /^([1-9]\d{0,5})(?: ?(?:m|min|mins|minutes))?$/iu.exec(answer);
  const minutes = Number(match?.[1] ?? 0);
  return minutes > 0 && minutes <= MAX_SLA_MINUTES
    ? { value: minutes, problems: [] }
    : {
        value: null,
        problems: [
          say('"SLA minutes" must be a whole number of minutes, not {answer}', { answer: quoted(answer) }),
        ],
      };
}

/** `2026-11-20T14:30Z`, `2026-11-20 14:30 UTC`, `2026-11-20 14:30:15 +01:00`. A time without day and zone could be any. */
function readInstant(answer: string | null, say: Say): Reading<Instant> {
  if (answer === null) return { value: null, problems: [] };
  const match =
    /^(?<day>\d{4}-\d{2}-\d{2})[T ](?<clock>\d{2}:\d{2}(?::\d{2})?)(?:\.\d{1,3})? ?(?<zone>Z|UTC|[+-]\d{2}:?\d{2})$/iu.exec(
      answer,
    );
  const time =
    match === null ? null : instantOf(match.groups!.day!, match.groups!.clock!, match.groups!.zone!);
  return time === null
    ? {
        value: null,
        problems: [
          say('"Impact started" must be a time like 2026-11-20 14:30 UTC, not {answer}', {
            answer: quoted(answer),
          }),
        ],
      }
    : { value: time, problems: [] };
}

function instantOf(day: string, clock: string, zone: string): Instant | null {
  const seconds = clock.length === 5 ? `${clock}:00` : clock;
  const offset = /^(?:z|utc)$/iu.test(zone) ? "Z" : `${zone.slice(0, 3)}:${zone.slice(-2)}`;
  const local = new Date(`${day}T${seconds}Z`);
  const time = new Date(`${day}T${seconds}${offset}`);
  // A day that does not exist, such as 30 February, would silently become another one.
  if (
    Number.isNaN(time.getTime()) ||
    Number.isNaN(local.getTime()) ||
    local.toISOString().slice(0, 10) !== day
  ) {
    return null;
  }
  return time.toISOString().replace(".000Z", "Z");
}

function short(answer: string | undefined): string | null {
  return answer === undefined ? null : answer.split("\n")[0]!.trim().slice(0, SHORT_ANSWER) || null;
}
