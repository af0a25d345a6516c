import { generateKeyPairSync } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { type Environment, readEnvironment, type Variables } from "../../../src/config/environment.ts";

const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
});
const SECRET = "q7Lw0zR2mX9vT4bK";
const COMPLETE: Variables = { APP_ID: "123", PRIVATE_KEY: privateKey, WEBHOOK_SECRET: SECRET };

let folder: string;
const folders: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "environment-"));
  folders.push(folder);
});
afterAll(() => {
  for (const made of folders) rmSync(made, { recursive: true });
});

function serve(variables: Variables): Extract<Environment, { mode: "serve" }> {
  const environment = readEnvironment(variables, folder);
  if (environment.mode !== "serve") throw new Error(JSON.stringify(environment));
  return environment;
}

function sentenceFor(variables: Variables): string {
  const environment = readEnvironment(variables, folder);
  if (environment.mode !== "refuse") throw new Error(`mode ${environment.mode}`);
  return environment.sentence;
}

describe("what the process shall do", () => {
  it("serves with credentials", () => {
    expect(serve(COMPLETE)).toEqual({
      mode: "serve",
      appId: 123,
      privateKey,
      webhookSecret: SECRET,
      oldWebhookSecrets: [],
      port: 3000,
      host: "127.0.0.1",
      apiUrl: "https://api.github.com",
      webUrl: "https://github.com",
      logLevel: "info",
      dataDir: join(folder, "data"),
      production: false,
    });
  });

  it("sets up without credentials, and not in production", () => {
    expect(readEnvironment({}, folder).mode).toBe("setup");
    expect(readEnvironment({ APP_ID: "", PRIVATE_KEY: " " }, folder).mode).toBe("setup");
    expect(sentenceFor({ NODE_ENV: "production" })).toMatch(/^APP_ID is not set; set it to /u);
  });

  it.each([
    ["APP_ID", /^APP_ID is not set; set it to /u],
    ["PRIVATE_KEY", /^PRIVATE_KEY is not set; set it, or PRIVATE_KEY_PATH, /u],
    ["WEBHOOK_SECRET", /^WEBHOOK_SECRET is not set; set it to /u],
  ])("S10: refuses without %s and says what to set", (name, sentence) => {
    for (const NODE_ENV of ["production", "development"]) {
      expect(sentenceFor({ ...COMPLETE, [name]: undefined, NODE_ENV })).toMatch(sentence);
    }
  });

  it.each([
    "development",
    "developmentdevelopment",
    "Development-Secret-123",
    "my-webhook-secret",
    "your_webhook_secret_here",
    "changeme-changeme",
    "aaaaaaaaaaaaaaaaaaaaaaaa",
    "1212121212121212",
    "0123456789abcde",
  ])("S10: refuses the weak secret %s without showing it", (secret) => {
    const sentence = sentenceFor({ ...COMPLETE, WEBHOOK_SECRET: secret });
    expect(sentence).toContain(
      "WEBHOOK_SECRET is too easy to guess; set a random value of at least 16 characters",
    );
    expect(sentence).not.toContain(secret);
  });

  it.each(["4f8a1c0e9b7d2356", SECRET, "correct horse battery staple"])("takes the secret %s", (secret) => {
    expect(serve({ ...COMPLETE, WEBHOOK_SECRET: secret }).webhookSecret).toBe(secret);
  });

  it("S2: takes old secrets while the secret is being changed, and weak ones not even then", () => {
    const old = "8Jd0sPz3Gm5xW1yN";
    expect(serve({ ...COMPLETE, WEBHOOK_SECRETS_OLD: ` ${old} , ` }).oldWebhookSecrets).toEqual([old]);
    expect(sentenceFor({ ...COMPLETE, WEBHOOK_SECRETS_OLD: `${old},development` })).toContain(
      "WEBHOOK_SECRETS_OLD",
    );
  });

  it.each([
    [{ APP_ID: "Iv1.8a61f9b3a7aba766" }, "APP_ID must be the number"],
    [{ PORT: "70000" }, "PORT must be a number from 0 to 65535."],
    [{ PORT: "http" }, "PORT must be"],
    [{ LOG_LEVEL: "loud" }, "LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent."],
    [{ GHE_PROTOCOL: "ftp" }, "GHE_PROTOCOL must be one of https, http."],
    [{ GHE_HOST: "https://github.example.com/" }, "GHE_HOST must be a host name"],
  ])("refuses %j with a sentence", (variables, sentence) => {
    expect(sentenceFor({ ...COMPLETE, ...variables })).toContain(sentence);
  });

  it("points at an enterprise host, http included", () => {
    const { apiUrl, webUrl } = serve({ ...COMPLETE, GHE_HOST: "127.0.0.1:4000", GHE_PROTOCOL: "http" });
    expect([apiUrl, webUrl]).toEqual(["http://127.0.0.1:4000/api/v3", "http://127.0.0.1:4000"]);
  });
});

describe(".env", () => {
  it("sets what the real variables do not, and never outweighs them", () => {
    writeFileSync(
      join(folder, ".env"),
      `APP_ID=9\nWEBHOOK_SECRET=${SECRET}x\nPRIVATE_KEY="${privateKey}"\nPORT=4000\n`,
    );
    const environment = serve({ APP_ID: "123", PORT: "" });
    expect([environment.appId, environment.port, environment.webhookSecret]).toEqual([
      123,
      4000,
      `${SECRET}x`,
    ]);
  });
});

describe("S33: the private key", () => {
  it.each([
    ["with line ends written out", privateKey.replaceAll("\n", "\\n")],
    ["as base64", Buffer.from(privateKey).toString("base64")],
    ["with CRLF", privateKey.replaceAll("\n", "\r\n")],
    ["with space around it", `\n  ${privateKey}\n\n`],
  ])("may be given %s", (_name, value) => {
    expect(serve({ ...COMPLETE, PRIVATE_KEY: value }).privateKey).toBe(privateKey);
  });

  it("may be a file that only its owner reads", () => {
    writeFileSync(join(folder, "app.pem"), privateKey, { mode: 0o600 });
    expect(serve({ ...COMPLETE, PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: "app.pem" }).privateKey).toBe(
      privateKey,
    );
  });

  it("may not be a file that everybody reads", () => {
    writeFileSync(join(folder, "app.pem"), privateKey);
    chmodSync(join(folder, "app.pem"), 0o644);
    const sentence = sentenceFor({ ...COMPLETE, PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: "app.pem" });
    expect(sentence).toContain("app.pem can be read by every user of this machine; run chmod 600");
  });

  it("must be where PRIVATE_KEY_PATH says", () => {
    const sentence = sentenceFor({ ...COMPLETE, PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: "no.pem" });
    expect(sentence).toBe("PRIVATE_KEY_PATH names no.pem, which is not there or may not be read.");
  });

  it.each([
    ["no key", "hunter2", "is not a private key"],
    ["cut off", privateKey.slice(0, 400), "is damaged or cut off"],
    ["a public key", keyOf("rsa", "public"), "is a public key or a certificate"],
    ["another kind of key", keyOf("ed25519", "private"), "RSA"],
    ["protected", keyOf("rsa", "protected"), "passphrase"],
  ])("is refused when it is %s, without being shown", (_name, value, part) => {
    const sentence = sentenceFor({ ...COMPLETE, PRIVATE_KEY: value });
    expect(sentence).toContain(part);
    expect(sentence).not.toContain(value.slice(30, 60) || value);
  });
});

function keyOf(kind: "rsa" | "ed25519", form: "private" | "public" | "protected"): string {
  const pair =
    kind === "rsa" ? generateKeyPairSync("rsa", { modulusLength: 2048 }) : generateKeyPairSync("ed25519");
  if (form === "public") return pair.publicKey.export({ type: "spki", format: "pem" }).toString();
  const options = form === "protected" ? ({ cipher: "aes-256-cbc", passphrase: "x" } as const) : {};
  return pair.privateKey.export({ type: "pkcs8", format: "pem", ...options }).toString();
}
