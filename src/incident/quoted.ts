/** What somebody wrote, in quotation marks and cut, for a sentence about it. */
export function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 60));
}
