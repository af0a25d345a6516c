import { containsWord } from "./contains-word.ts";

export type Encoding = "utf-8" | "utf-16le" | "utf-16be";

export interface SourceText {
  /** Without byte order mark. Invalid sequences read as U+FFFD. */
  readonly text: string;
  readonly encoding: Encoding;
  readonly hasBom: boolean;
  /** False: encoding `text` again would not give the same bytes, so nothing may be written back. */
  readonly isLossless: boolean;
}

/** Bytes of a file as text. Never throws: what is not text still reads as something that can be searched. */
export function decodeSource(bytes: Uint8Array): SourceText {
  const encoding = encodingOf(bytes);
  const hasBom = encoding !== "utf-8" || (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf);
  const body = hasBom ? bytes.subarray(encoding === "utf-8" ? 3 : 2) : bytes;
  const text = decoderOf(encoding).decode(body);
  // A replacement character that was in the file is taken for damage: then the file is only not fixed, never spoilt.
  return { text, encoding, hasBom, isLossless: encoding === "utf-8" && !text.includes("\uFFFD") };
}

const decoders = new Map<Encoding, InstanceType<typeof TextDecoder>>();

/** Made once: it takes as long as decoding a file. */
function decoderOf(encoding: Encoding): InstanceType<typeof TextDecoder> {
  const decoder = decoders.get(encoding) ?? new TextDecoder(encoding, { ignoreBOM: true });
  decoders.set(encoding, decoder);
  return decoder;
}

/** The inverse of `decodeSource` for a lossless text. */
export function encodeSource(text: string, source: SourceText): Uint8Array {
  return new TextEncoder().encode(source.hasBom ? `\uFEFF${text}` : text);
}

/** Whether a file may contain `word`, without decoding it. False is certain. */
export function mayContain(bytes: Uint8Array, word: string): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (encodingOf(bytes)) {
    case "utf-8":
      return containsWord(buffer, word);
    case "utf-16le":
      return buffer.includes(word, 2, "utf16le");
    case "utf-16be":
      return buffer.includes(Buffer.from(word, "utf16le").swap16(), 2);
  }
}

/** Git's own test: a NUL among the first 8,000 bytes. UTF-16 with a byte order mark is text. */
export function isBinary(bytes: Uint8Array): boolean {
  return !isUtf16(bytes) && bytes.subarray(0, 8000).includes(0);
}

/** UTF-16 counts as such by its byte order mark alone. */
export function isUtf16(bytes: Uint8Array): boolean {
  return encodingOf(bytes) !== "utf-8";
}

function encodingOf(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return "utf-8";
}
