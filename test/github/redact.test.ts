import { describe, expect, it } from "vitest";
import { redact, redactError } from "../../src/github/redact.ts";

const secrets = {
  "an old installation token": "ghs_16C7e42F292c6912E7710c838347Ae178B4a",
  "a new installation token": "ghs_12345_eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOjF9.c2lnbmF0dXJl-_x",
  "a personal token": "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
  "a fine-grained token": "github_pat_11ABCDEFG0_abcdefghijklmnop",
  "an app JWT": "eyJhbGciOiJSUzI1NiJ9.eyJpYXQiOjE3fQ.c2ln",
};

describe("redact", () => {
  it.each(Object.entries(secrets))("S32: takes out %s", (_, secret) => {
    const clean = redact(`Request failed with ${secret}, sorry`);
    expect(clean).not.toContain(secret.split("_").at(-1)!.slice(0, 12));
    expect(clean).toContain("sorry");
  });

  it("S32: takes out private keys, whole or cut off", () => {
    const key = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nabc\n-----END RSA PRIVATE KEY-----";
    expect(redact(`key ${key} end`)).toBe("key [private key removed] end");
    expect(redact(`key ${key.slice(0, 45)}`)).toBe("key [private key removed]");
  });

  it("S32: takes out authorization headers and clone URLs", () => {
    expect(redact('{"authorization":"token abcdef123"}')).toBe('{"authorization":"[removed]"}');
    expect(redact("Authorization: Basic eHg6eXk=")).toBe("Authorization: [removed]");
    expect(redact("https://x-access-token:s3cret@github.com/acme/shop.git")).toBe(
      "https://x-access-token:[removed]@github.com/acme/shop.git",
    );
  });

  it("leaves ordinary text alone", () => {
    const text = "Validation Failed: base invalid, see https://docs.github.com/rest/pulls#create";
    expect(redact(text)).toBe(text);
  });

  it("S32: cleans an error with its stack, its cause and the request that Octokit keeps on it", () => {
    const cause = new Error(`inner ${secrets["a personal token"]}`);
    const error = Object.assign(new Error(`outer ${secrets["an old installation token"]}`, { cause }), {
      request: {
        method: "POST",
        url: "https://api.github.com/x",
        headers: { authorization: `token ${secrets["an old installation token"]}` },
        body: "private words",
      },
    });
    redactError(error);
    const everything = `${error.message}${error.stack}${cause.message}${JSON.stringify(error.request)}`;
    expect(everything).not.toMatch(/16C7e42F292c|private words/u);
    expect(error.request).toEqual({ method: "POST", url: "https://api.github.com/x" });
  });

  it("S32: cleans one whose message is only to be read, which is what a call that got no answer in time ends with", () => {
    const cause = new DOMException(`no answer to ${secrets["a personal token"]}`, "TimeoutError");
    const error = redactError(new Error("The operation was aborted", { cause }));
    expect(`${cause.message}${cause.stack}`).not.toMatch(/16C7e42F292c/u);
    expect([error.message, cause.message, cause.name]).toEqual([
      "The operation was aborted",
      "no answer to ghp_[removed]",
      "TimeoutError",
    ]);
  });
});
