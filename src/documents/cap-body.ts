/** GitHub refuses more than 65,536; the app adds markers of its own to what is rendered here. */
const MOST_CHARACTERS = 60_000;

/** The body whole, or cut after a line that still fits, with a note that says so. A fence that the cut left open is closed. */
export function capBody(body: string, note: () => string, most = MOST_CHARACTERS): string {
  if (body.length <= most) return body;
  const end = `\n\n${note()}`;
  const room = body.slice(0, most - end.length - CLOSING_FENCE.length);
  const lastLine = room.lastIndexOf("\n");
  const kept = (lastLine > 0 ? room.slice(0, lastLine) : room.toWellFormed()).trimEnd();
  const open = openFence(kept);
  return `${kept}${open === null ? "" : `\n${open}`}${end}`;
}

const CLOSING_FENCE = "\n``````````";

function openFence(text: string): string | null {
  let open: string | null = null;
  for (const [, marks = ""] of text.matchAll(/^(`{3,})/gmu)) {
    if (open === null) open = marks;
    else if (marks.length >= open.length) open = null;
  }
  return open;
}
