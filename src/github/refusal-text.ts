import { isRecord } from "./is-record.ts";
/** What GitHub said when it refused: the message and the messages of its details, in one text to search in. */
export function refusalText(error: unknown): string {
  if (!(error instanceof Error)) return "";
  const data = "response" in error ? bodyOf(error.response) : {};
  const details = Array.isArray(data["errors"]) ? (data["errors"] as unknown[]).map(detailText) : [];
  return [typeof data["message"] === "string" ? data["message"] : error.message, ...details].join("; ");
}

/** A header of the answer that refused. */
export function refusalHeader(error: unknown, name: string): string | null {
  if (!(error instanceof Error) || !("response" in error) || !isRecord(error.response)) return null;
  const headers = error.response["headers"];
  const value = isRecord(headers) ? headers[name] : undefined;
  return typeof value === "string" ? value : null;
}

function bodyOf(response: unknown): Record<string, unknown> {
  return isRecord(response) && isRecord(response["data"]) ? response["data"] : {};
}

function detailText(detail: unknown): string {
  if (typeof detail === "string") return detail;
  if (!isRecord(detail)) return "";
  return [detail["resource"], detail["field"], detail["code"], detail["message"]]
    .filter((part) => typeof part === "string")
    .join(" ");
}
