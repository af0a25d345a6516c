/** No payload of GitHub is half as deep; what walks a deeper one may overflow the stack. */
const DEEPEST = 100;

/** The value in a JSON text in UTF-8; null where it is none, or nested too deeply. */
export function parseJson(bytes: Buffer): { readonly value: unknown } | null {
  if (isTooDeep(bytes)) return null;
  try {
    return { value: JSON.parse(bytes.toString("utf8")) };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

function isTooDeep(bytes: Buffer): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index]!;
    if (inString) {
      if (byte === BACKSLASH) index += 1;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) inString = true;
    else if (byte === 0x5b || byte === 0x7b) {
      depth += 1;
      if (depth > DEEPEST) return true;
    } else if (byte === 0x5d || byte === 0x7d) depth -= 1;
  }
  return false;
}
