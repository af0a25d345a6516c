import { createPrivateKey } from "node:crypto";

export type KeyReading =
  | { readonly ok: true; readonly privateKey: string }
  | { readonly ok: false; readonly sentence: string };

/**
 * The app's private key as PEM, from a value that may be PEM, PEM with `\n` written out, or base64 of PEM (the forms that `.env` files and
 * secret stores need). `name` is what a sentence calls it. The sentence never shows the value.
 */
export function readPrivateKey(value: string, name: string): KeyReading {
  const pem = toPem(value);
  if (pem === null) {
    return wrong(
      `${name} is not a private key; set it to the text of the .pem file that GitHub gave for the app`,
    );
  }
  if (/-----BEGIN (?:RSA )?PUBLIC KEY-----|-----BEGIN CERTIFICATE-----/u.test(pem)) {
    return wrong(`${name} is a public key or a certificate; set it to the private key of the app`);
  }
  if (pem.includes("ENCRYPTED")) {
    return wrong(`${name} is protected by a passphrase; set it to the key as GitHub gave it, without one`);
  }
  try {
    const key = createPrivateKey(pem);
    return key.asymmetricKeyType === "rsa"
      ? { ok: true, privateKey: pem }
      : wrong(`${name} is a key of another kind; the private keys of GitHub Apps are RSA keys`);
  } catch (error) {
    // What the parser says may quote the key.
    if (error instanceof Error) {
      return wrong(
        `${name} is damaged or cut off; set it to the whole text of the .pem file, its first and last line included`,
      );
    }
    throw error;
  }
}

function toPem(value: string): string | null {
  const text = value.replaceAll("\\n", "\n").replaceAll("\r\n", "\n").trim();
  if (text.includes("-----BEGIN ")) return `${text}\n`;
  const decoded = Buffer.from(text, "base64").toString("utf8");
  return decoded.includes("-----BEGIN ") ? `${decoded.trim().replaceAll("\r\n", "\n")}\n` : null;
}

function wrong(sentence: string): KeyReading {
  return { ok: false, sentence: `${sentence}.` };
}
