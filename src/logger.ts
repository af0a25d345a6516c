import { type Logger, pino } from "pino";
import { redact } from "./github/redact.ts";

/** Pino, as Probot uses it. A constant message plus fields. */
export type Log = Logger;

export interface LoggerOptions {
  readonly level: string;
  /** Values that must never be written, beside everything that has the shape of a secret. */
  readonly secrets: readonly string[];
  /** Takes one line of JSON, line feed included. Default: standard output. */
  readonly write?: (line: string) => void;
}

/**
 * One line of JSON per entry: line feeds and escape sequences in a field cannot forge a line. Redacted as a whole, after everything else, so
 * that no serializer can be forgotten.
 */
export function createLogger(options: LoggerOptions): Log {
  const write = options.write ?? ((line: string) => void process.stdout.write(line));
  // As they stand inside of a JSON text.
  const secrets = options.secrets.map((secret) => JSON.stringify(secret).slice(1, -1));
  return pino(
    {
      level: options.level,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    {
      write(line: string) {
        const known = secrets.reduce((text, secret) => text.replaceAll(secret, "[removed]"), line);
        write(redact(known));
      },
    },
  );
}
