import { createVerify, randomBytes } from "node:crypto";
import { ApiError, forbidden, unauthorized } from "./api-error.ts";
import type { Hub } from "./hub.ts";
import type { Account } from "./model/account.ts";
import type { AppRecord, Permissions } from "./model/app-record.ts";
import type { Installation } from "./model/installation.ts";
import type { Viewer } from "./model/viewer.ts";
import { unverified } from "./unverified.ts";

unverified(
  "tokens/jwt-texts",
  "Sentences for a JWT that is expired, too long-lived, forged, or used where none belongs.",
);

const TOKEN_LIFETIME_MS = 3_600_000;
const JWT_LIFETIME_S = 600;
/** GitHub allows for clocks that differ a little. */
const CLOCK_SLACK_S = 60;

export interface InstallationToken {
  readonly token: string;
  readonly installation: Installation;
  readonly permissions: Permissions;
  readonly repositoryIds: ReadonlySet<number> | null;
  readonly expiresAt: Date;
}

/** All credentials that the stand-in gave out. */
export class Tokens {
  readonly #hub: Hub;
  readonly #installations = new Map<string, InstallationToken>();
  readonly #personal = new Map<string, Account>();

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  /** In the form announced for 2026: `ghs_<app id>_<JWT>`, far longer than 40 characters (F22). */
  issue(grant: Omit<InstallationToken, "token" | "expiresAt">): InstallationToken {
    const segment = (bytes: number): string => randomBytes(bytes).toString("base64url");
    const token = `ghs_${grant.installation.app.id}_${segment(24)}.${segment(60)}.${segment(64)}`;
    const issued = { ...grant, token, expiresAt: new Date(this.#hub.now().getTime() + TOKEN_LIFETIME_MS) };
    this.#installations.set(token, issued);
    return issued;
  }

  personal(account: Account): string {
    const token = `ghp_${randomBytes(27).toString("hex").slice(0, 36)}`;
    this.#personal.set(token, account);
    return token;
  }

  revoke(token: string): void {
    this.#installations.delete(token);
    this.#personal.delete(token);
  }

  /** @param authorization value of the header: `Bearer`, `token` or `Basic` (token as password) */
  viewer(authorization: string | undefined): Viewer {
    if (authorization === undefined || authorization === "") return { kind: "anonymous" };
    const [scheme = "", ...rest] = authorization.trim().split(/\s+/);
    const credential = rest.join(" ");
    if (scheme.toLowerCase() === "basic") return this.#byToken(passwordOf(credential));
    if (isJwt(credential)) return { kind: "app", app: appOfJwt(this.#hub, credential) };
    return this.#byToken(credential);
  }

  #byToken(token: string): Viewer {
    const person = this.#personal.get(token);
    if (person !== undefined && this.#hub.deletedAccounts.has(person)) throw unauthorized();
    if (person !== undefined) return { kind: "user", account: person };
    const issued = this.#installations.get(token);
    if (issued === undefined || issued.expiresAt <= this.#hub.now()) throw unauthorized();
    const { installation, permissions, repositoryIds } = issued;
    if (!this.#hub.installations.has(installation.id)) throw unauthorized();
    if (installation.suspendedAt !== null) throw forbidden("This installation has been suspended");
    const { app } = installation;
    return { kind: "installation", account: app.bot, app, installation, permissions, repositoryIds };
  }
}

function passwordOf(basic: string): string {
  const decoded = Buffer.from(basic, "base64").toString();
  const password = decoded.slice(decoded.indexOf(":") + 1);
  // `https://<token>@host` puts the token where the name goes.
  return password === "" || password === "x-oauth-basic" ? decoded.slice(0, decoded.indexOf(":")) : password;
}

function isJwt(credential: string): boolean {
  return /^eyJ[\w-]*\.[\w-]+\.[\w-]*$/.test(credential);
}

function appOfJwt(hub: Hub, jwt: string): AppRecord {
  const [head = "", body = "", signature = ""] = jwt.split(".");
  const [header, claims] = [decodeSegment(head), decodeSegment(body)];
  const app = [...hub.apps.values()].find(
    (it) => String(it.id) === String(claims.iss) || it.clientId === claims.iss,
  );
  if (app === undefined) throw new ApiError(404, "Integration not found");
  const verifier = createVerify("RSA-SHA256").update(`${head}.${body}`);
  if (header.alg !== "RS256" || !verifier.verify(app.publicKey, signature, "base64url")) {
    throw unauthorized("A JSON web token could not be decoded");
  }
  checkTimes(claims);
  return app;
}

/** Against the wall clock even when the stand-in runs on another: the client signs with its own. */
function checkTimes(claims: Readonly<Record<string, unknown>>): void {
  const now = Date.now() / 1000;
  const { exp, iat } = claims;
  if (typeof exp !== "number" || exp <= now - CLOCK_SLACK_S) {
    throw unauthorized(
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    );
  }
  if (exp > now + JWT_LIFETIME_S + CLOCK_SLACK_S) {
    throw unauthorized("'Expiration time' claim ('exp') is too far in the future");
  }
  if (typeof iat !== "number" || iat > now + CLOCK_SLACK_S) {
    throw unauthorized(
      "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
    );
  }
}

function decodeSegment(segment: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(segment, "base64url").toString());
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch (error) {
    if (error instanceof SyntaxError) throw unauthorized("A JSON web token could not be decoded");
    throw error;
  }
}
