import type { AnswerMemory, WholeAnswer } from "./answer-memory.ts";
import { statusOf } from "./http-status.ts";
import type { Answer } from "./throttle-policy.ts";

/** GitHub's own when nothing else is asked for. */
const DEFAULT_PAGE = 30;

/**
 * Sends a read with the name of the answer that is known, and gives that answer again when GitHub says that it still holds. What an allowance
 * costs and what is left of it comes with the new headers either way.
 *
 * @param send takes the value for `If-None-Match`; null: send none
 */
export async function readConditionally<T extends WholeAnswer>(
  memory: AnswerMemory,
  key: string,
  pageSize: number | null,
  send: (etag: string | null) => Promise<T>,
): Promise<T> {
  try {
    const answer = await send(memory.etagOf(key));
    if (isWhole(answer, pageSize ?? DEFAULT_PAGE)) memory.store(key, answer);
    return answer;
  } catch (error) {
    if (statusOf(error) !== 304) throw error;
    const known = memory.recall(key);
    // Forgotten while it was asked about: asked again, for the whole of it.
    if (known === null) return send(null);
    return { ...known, headers: { ...known.headers, ...headersOf(error) } } as T;
  }
}

/** A page of a longer list is not known by itself: what follows it may change, and with it the answer's `Link`. */
function isWhole({ headers, data }: WholeAnswer, pageSize: number): boolean {
  return headers["link"] === undefined && !(Array.isArray(data) && data.length >= pageSize);
}

function headersOf(error: unknown): Answer["headers"] {
  const { response } = error as { readonly response?: { readonly headers?: Answer["headers"] } };
  return response?.headers ?? {};
}
