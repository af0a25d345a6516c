const REDACTED = "[redacted]";

/**
 * Shapes of secrets, wherever they stand: a log line, an error's message, a URL. No pattern ends at a length: GitHub announced
 * installation tokens of the form `ghs_<app id>_<JWT>` beside the 40 characters of old.
 */
const SHAPES: readonly (readonly [shape: RegExp, replacement: string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[^"]*?(?:-----END [A-Z ]*PRIVATE KEY-----|(?="|$))/gu, REDACTED],
  [/\b(?:gh[a-z]_|github_pat_)[\w.-]{8,}/gu, REDACTED],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/gu, REDACTED],
  [/\bv1\.[0-9a-f]{40}\b/gu, REDACTED],
  // https://x-access-token:...@github.com/acme/shop.git
  [/(:\/\/[^\s:@/"]*):[^\s@/"]+@/gu, `$1:${REDACTED}@`],
  [
    /\b(authorization\\?["']?\s*[:=]\s*\\?["']?)(?:(?:bearer|token|basic)\s+)?[^\s"',\\}]+/giu,
    `$1${REDACTED}`,
  ],
  [/\bsha(?:1|256)=[0-9a-f]{40,64}\b/gu, REDACTED],
];

/** Makes a function that replaces everything that looks like a secret, and the given secrets themselves. */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  // Also as they stand inside a JSON text.
  const known = secrets
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)])
    .filter((secret) => secret.length >= 8);
  return (text) => {
    let redacted = text;
    for (const secret of known) redacted = redacted.replaceAll(secret, REDACTED);
    for (const [shape, replacement] of SHAPES) redacted = redacted.replace(shape, replacement);
    return redacted;
  };
}
