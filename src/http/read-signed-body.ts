import { createHmac, type Hmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** GitHub sends no larger payload: https://docs.github.com/en/webhooks/webhook-events-and-payloads#payload-cap */
const LARGEST_BODY = 25 * 1024 * 1024;
/** Unsigned requests cost memory before they are known to be forged. */
const LARGEST_SUM = 4 * LARGEST_BODY;

export type SignedBody =
  | { readonly kind: "genuine"; readonly bytes: Buffer }
  | { readonly kind: "forged" }
  | { readonly kind: "too large" }
  /** Too many large bodies are being received at the same time. */
  | { readonly kind: "busy" };

/** Reads bodies and verifies their signature over the raw bytes while they come in. `secrets`: the current one and those being replaced. */
export function createSignedBodyReader(
  secrets: readonly string[],
): (request: IncomingMessage, signature: string) => Promise<SignedBody> {
  let sum = 0;
  return async (request, signature) => {
    if (Number(request.headers["content-length"] ?? 0) > LARGEST_BODY) return { kind: "too large" };
    const expected = parseSignature(signature);
    if (expected === null) return { kind: "forged" };
    // Hashed chunk by chunk: the hash of 25 MB in one go would hold up everything else for a tenth of a second.
    const hashes = secrets.map((secret) => createHmac("sha256", secret));
    const chunks: Buffer[] = [];
    let size = 0;
    try {
      // Left open on an early return, so that the refusal can still be sent.
      const incoming: AsyncIterable<Buffer> = request.iterator({ destroyOnReturn: false });
      for await (const chunk of incoming) {
        size += chunk.length;
        sum += chunk.length;
        if (size > LARGEST_BODY) return { kind: "too large" };
        if (sum > LARGEST_SUM) return { kind: "busy" };
        for (const hash of hashes) hash.update(chunk);
        chunks.push(chunk);
      }
    } finally {
      sum -= size;
    }
    return isGenuine(hashes, expected)
      ? { kind: "genuine", bytes: Buffer.concat(chunks) }
      : { kind: "forged" };
  };
}

/** `sha256=` and 64 hexadecimal digits, as 32 bytes. null for everything else, two signatures in one header included. */
function parseSignature(header: string): Buffer | null {
  const match = /^sha256=([0-9a-f]{64})$/u.exec(header);
  return match === null ? null : Buffer.from(match[1]!, "hex");
}

/** Compares with every secret, so that the time does not tell which one matched. */
function isGenuine(hashes: readonly Hmac[], expected: Buffer): boolean {
  return hashes.map((hash) => timingSafeEqual(hash.digest(), expected)).includes(true);
}
