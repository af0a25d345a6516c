import { inWords } from "../clock-time.ts";
import type { TimelineEntry } from "../facts.ts";
import type { StatedTime } from "../facts/incident-times.ts";
import type { Phrase, Say } from "../say.ts";
import { shareInWords } from "../share-in-words.ts";
import type { StatedFacts } from "../stated-facts.ts";

type StatedPhrase = Extract<
  Phrase,
  "Impact started" | "Problem detected" | "Service recovered" | "Recovery verified"
>;

const HAPPENED: Readonly<Record<StatedTime, { readonly kind: string; readonly text: StatedPhrase }>> = {
  impactStarted: { kind: "impact-started", text: "Impact started" },
  detected: { kind: "detected", text: "Problem detected" },
  recovered: { kind: "recovered", text: "Service recovered" },
  verified: { kind: "verified", text: "Recovery verified" },
};

const CORRECTED = {
  impactStarted: "Start of the impact corrected from {from} to {to}",
  detected: "Time of the detection corrected from {from} to {to}",
  recovered: "Time of the recovery corrected from {from} to {to}",
  verified: "Time of the verification corrected from {from} to {to}",
} as const satisfies Readonly<Record<StatedTime, Phrase>>;

const OVERTAKEN = {
  recovered: "Service said to have recovered; another round followed",
  verified: "Recovery said to be verified; another round followed",
} as const satisfies Readonly<Record<StatedFacts["overtaken"][number]["what"], Phrase>>;

/** What people said, each at the time that they gave for it; that they corrected themselves, at the time when they did. */
export function statedEntries(say: Say, stated: StatedFacts): readonly TimelineEntry[] {
  const times = (Object.keys(HAPPENED) as StatedTime[]).flatMap((what): readonly TimelineEntry[] => {
    const said = stated.times[what];
    return said === null
      ? []
      : [
          {
            at: said.time,
            recordedAt: said.at,
            kind: HAPPENED[what].kind,
            text: say(HAPPENED[what].text),
            actor: said.by,
            url: said.url,
          },
        ];
  });
  const corrections = stated.corrections.map(
    ({ what, from, to, by, at, url }): TimelineEntry => ({
      at,
      recordedAt: at,
      kind: "corrected",
      text: say(CORRECTED[what], { from: inWords(from), to: inWords(to) }),
      actor: by,
      url,
    }),
  );
  const overtaken = stated.overtaken.map(
    ({ what, time, by, at, url }): TimelineEntry => ({
      at: time,
      recordedAt: at,
      kind: "overtaken",
      text: say(OVERTAKEN[what]),
      actor: by,
      url,
    }),
  );
  const notes = stated.notes.map(
    ({ happenedAt, at, text, by, url }): TimelineEntry => ({
      at: happenedAt,
      recordedAt: at,
      kind: "note",
      text,
      actor: by,
      url,
    }),
  );
  const shares = stated.shares.flatMap(({ from, said, ...share }): readonly TimelineEntry[] =>
    from === null
      ? []
      : [
          {
            at: from,
            recordedAt: said.at,
            kind: "share-changed",
            text: say("Share of the impact changed to {share}", { share: shareInWords(share) }),
            actor: said.by,
            url: said.url,
          },
        ],
  );
  return [...times, ...overtaken, ...corrections, ...notes, ...shares, ...causeEntries(say, stated)];
}

function causeEntries(say: Say, { cause }: StatedFacts): readonly TimelineEntry[] {
  if (cause === null) return [];
  const { what, by, at, url } = cause;
  const text =
    "sha" in what
      ? say("Cause confirmed: commit {commit}", { commit: what.sha.slice(0, 7) })
      : say("Cause confirmed: {text}", { text: what.text });
  return [{ at, recordedAt: at, kind: "cause-confirmed", text, actor: by, url }];
}
