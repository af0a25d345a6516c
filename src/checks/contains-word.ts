/** A rare byte of a word, and where in the word it is. */
interface Needle {
  readonly bytes: Buffer;
  readonly rare: number;
  readonly at: number;
}

/** So many rare bytes are looked at for nothing before the file counts as one that is full of them: one for each of this many bytes, and some to begin with. */
const BYTES_EACH = 64;
const FIRST = 16;

/** Whether UTF-8 text contains a word. Looks for the rarest byte of it, which the processor finds many at a time: three times as fast as for the word itself. */
export function containsWord(text: Buffer, word: string): boolean {
  const { bytes, rare, at } = needleOf(word);
  if (at === -1) return text.includes(bytes);
  let left = FIRST + text.length / BYTES_EACH;
  for (let found = text.indexOf(rare, at); found !== -1; found = text.indexOf(rare, found + 1)) {
    if (isThere(text, bytes, found - at)) return true;
    left -= 1;
    if (left < 0) return text.includes(bytes, found - at);
  }
  return false;
}

function isThere(text: Buffer, bytes: Buffer, from: number): boolean {
  for (let index = 0; index < bytes.length; index += 1) {
    if (text[from + index] !== bytes[index]) return false;
  }
  return true;
}

const needles = new Map<string, Needle>();

function needleOf(word: string): Needle {
  const known = needles.get(word);
  if (known !== undefined) return known;
  const bytes = Buffer.from(word);
  const at = bytes.findIndex(isRare);
  const needle = { bytes, rare: bytes[at] ?? 0, at };
  // A configuration has a handful of names, a server many configurations.
  if (needles.size >= 1_000) needles.clear();
  needles.set(word, needle);
  return needle;
}

/** In source code: capitals, digits, and what is not ASCII. */
function isRare(byte: number): boolean {
  return (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x30 && byte <= 0x39) || byte >= 0x80;
}
