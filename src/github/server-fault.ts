/** 5xx, a broken connection or no answer in time: GitHub may or may not have done what was asked. */
export function isServerFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === "AbortError" || error.name === "TimeoutError") return true;
  // Octokit gives a failed connection the status 500, without a response.
  return "status" in error && typeof error.status === "number" && error.status >= 500;
}
