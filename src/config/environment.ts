import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import process from "node:process";
import { parseEnv } from "node:util";
import { readPrivateKey } from "./private-key.ts";

/** The only reader of environment variables. Everything else is given what it needs of them. */
export type Environment =
  | ({ readonly mode: "serve" } & Common & Credentials)
  /** No credentials, and not in production: Probot's set-up flow makes the app. */
  | ({ readonly mode: "setup" } & Common)
  /** The process must not start; the sentence says what to set. It never shows a secret. */
  | { readonly mode: "refuse"; readonly sentence: string };

interface Credentials {
  readonly appId: number;
  /** PEM. */
  readonly privateKey: string;
  readonly webhookSecret: string;
  /** Secrets that are still accepted while `WEBHOOK_SECRET` is being changed. */
  readonly oldWebhookSecrets: readonly string[];
}

interface Common {
  readonly port: number;
  readonly host: string;
  /** Base URL of the REST API. */
  readonly apiUrl: string;
  /** Base URL of the web pages. */
  readonly webUrl: string;
  readonly logLevel: LogLevel;
  /** Absolute path of the folder for the queue. */
  readonly dataDir: string;
  readonly production: boolean;
}

export type Variables = Readonly<Record<string, string | undefined>>;

const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const SECRET_LENGTH = 16;
// Written in documentation, templates and Probot's source; anybody who guesses one can forge every webhook.
const KNOWN_WORDS =
  /development|production|testing|test|secret|password|change-?me|example|your|webhook|hotfix|responder|github|here|token/gu;

/** Thrown inside this module for a variable that cannot be used; becomes the refusal. */
class Refusal extends Error {}

/**
 * What the process shall do. `variables` are the real ones (`process.env`); `folder` may hold a `.env` file, which sets only what they do not.
 */
export function readEnvironment(variables: Variables, folder: string): Environment {
  try {
    const all = { ...readDotEnv(folder), ...withoutEmpty(variables) };
    const common = readCommon(all, folder);
    const hasKey = all.PRIVATE_KEY !== undefined || all.PRIVATE_KEY_PATH !== undefined;
    if (all.APP_ID === undefined && !hasKey && !common.production) return { mode: "setup", ...common };
    return { mode: "serve", ...common, ...readCredentials(all, folder) };
  } catch (error) {
    if (error instanceof Refusal) return { mode: "refuse", sentence: error.message };
    throw error;
  }
}

function readCredentials(all: Variables, folder: string): Credentials {
  const appId = required(all, "APP_ID", "the number on the app's settings page");
  if (!/^[1-9]\d{0,15}$/u.test(appId)) {
    throw new Refusal("APP_ID must be the number on the app's settings page (App ID, not Client ID).");
  }
  const privateKey = readKey(all, folder);
  const webhookSecret = readSecret(
    required(all, "WEBHOOK_SECRET", "the secret of the app's webhook: without it anybody can forge events"),
    "WEBHOOK_SECRET",
  );
  const oldWebhookSecrets = (all.WEBHOOK_SECRETS_OLD ?? "")
    .split(",")
    .map((secret) => secret.trim())
    .filter((secret) => secret !== "")
    .map((secret) => readSecret(secret, "each secret in WEBHOOK_SECRETS_OLD"));
  return { appId: Number(appId), privateKey, webhookSecret, oldWebhookSecrets };
}

function readCommon(all: Variables, folder: string): Common {
  const production = all.NODE_ENV === "production";
  const protocol = oneOf(all, "GHE_PROTOCOL", ["https", "http"], "https");
  const gheHost = all.GHE_HOST;
  if (gheHost !== undefined && !/^(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\])(?::\d{1,5})?$/u.test(gheHost)) {
    throw new Refusal(
      "GHE_HOST must be a host name with or without a port, such as github.example.com, and no URL.",
    );
  }
  return {
    port: readPort(all.PORT),
    host: all.HOST ?? "127.0.0.1",
    apiUrl: gheHost === undefined ? "https://api.github.com" : `${protocol}://${gheHost}/api/v3`,
    webUrl: gheHost === undefined ? "https://github.com" : `${protocol}://${gheHost}`,
    logLevel: oneOf(all, "LOG_LEVEL", LOG_LEVELS, "info"),
    dataDir: resolve(folder, all.DATA_DIR ?? "data"),
    production,
  };
}

function readPort(value: string | undefined): number {
  const port = value === undefined ? 3000 : /^\d{1,5}$/u.test(value) ? Number(value) : Number.NaN;
  if (!(port <= 65_535)) throw new Refusal("PORT must be a number from 0 to 65535.");
  return port;
}

function readSecret(secret: string, name: string): string {
  const unknown = secret.toLowerCase().replaceAll(KNOWN_WORDS, "");
  if (secret.length < SECRET_LENGTH || new Set(unknown).size < 6) {
    throw new Refusal(
      `${name} is too easy to guess; set a random value of at least ${SECRET_LENGTH} characters (for example from openssl rand -hex 32) here and on the app's settings page.`,
    );
  }
  return secret;
}

function readKey(all: Variables, folder: string): string {
  const inline = all.PRIVATE_KEY;
  const name = inline === undefined ? "the file that PRIVATE_KEY_PATH names" : "PRIVATE_KEY";
  const value = inline ?? readKeyFile(all.PRIVATE_KEY_PATH, folder);
  const reading = readPrivateKey(value, name);
  if (!reading.ok) throw new Refusal(reading.sentence);
  return reading.privateKey;
}

function readKeyFile(path: string | undefined, folder: string): string {
  if (path === undefined) {
    throw new Refusal("PRIVATE_KEY is not set; set it, or PRIVATE_KEY_PATH, to the private key of the app.");
  }
  const file = resolve(folder, path);
  const text = readIfPresent(file);
  if (text === null)
    throw new Refusal(`PRIVATE_KEY_PATH names ${path}, which is not there or may not be read.`);
  if (process.platform !== "win32" && (statSync(file).mode & 0o004) !== 0) {
    throw new Refusal(
      `${path} can be read by every user of this machine; run chmod 600 on it (or mount the secret with mode 0400), and make a new key if others may have read it.`,
    );
  }
  return text;
}

/** `.env` never outweighs a real variable: otherwise a file left in an image would silently replace what the operator set. */
function readDotEnv(folder: string): Variables {
  const text = readIfPresent(resolve(folder, ".env"));
  return text === null ? {} : withoutEmpty(parseEnv(text));
}

function readIfPresent(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR" || code === "EACCES") return null;
    throw error;
  }
}

/** `NAME=` means not set, as in a template that was only partly filled in. */
function withoutEmpty(variables: Variables): Variables {
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value?.trim()));
}

function required(all: Variables, name: string, what: string): string {
  const value = all[name];
  if (value === undefined) throw new Refusal(`${name} is not set; set it to ${what}.`);
  return value;
}

function oneOf<Value extends string>(
  all: Variables,
  name: string,
  allowed: readonly Value[],
  fallback: Value,
): Value {
  const value = all[name];
  const known =
    value === undefined ? fallback : allowed.find((candidate) => candidate === value.toLowerCase());
  if (known === undefined) throw new Refusal(`${name} must be one of ${allowed.join(", ")}.`);
  return known;
}
