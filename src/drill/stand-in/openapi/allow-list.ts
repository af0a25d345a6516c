import type { Violation } from "../validator.ts";

/** A defect of the published description, not of the stand-in: `where` and `what` match a violation that is then not counted. */
interface Allowance {
  readonly where: RegExp;
  readonly what: RegExp;
  readonly reason: string;
}

const allowances: readonly Allowance[] = [
  {
    where: /^response .* \/repos\/\{owner\}\/\{repo\}\/(pulls|commits)\b/,
    what: /\/auto_merge\/commit_(title|message): must be string$/,
    reason: "REST says string where the description of webhooks says string or null for the same object",
  },
  {
    where: /^response GET \/app\/installations 200$/,
    what: /^\/\d+\/account: /,
    reason:
      "wants an account that is a user and an enterprise at once, where one installation alone wants either",
  },
  {
    where: /^webhook /,
    what: /\/(performed_via_github_app|app)\/events\/\d+: must be equal to one of/,
    reason:
      "most of its lists of an app's events are older than merge_group, which others of the same description have",
  },
  {
    where: /deployment/,
    what: /\/(?:target|log|environment)_url: must match format "uri"$/,
    reason: "an address that nobody gave is an empty text, which is the default of the same description",
  },
];

/**
 * Answers that any operation may give and that the description lists only for some: bad credentials, no permission, rate
 * limits, not modified, renamed, and GitHub's own failures (docs: rest/using-the-rest-api/troubleshooting-the-rest-api).
 */
export const STATUSES_OF_EVERY_OPERATION: ReadonlySet<number> = new Set([
  301, 304, 307, 400, 401, 403, 404, 429, 500, 502, 503, 504,
]);

export function isAllowed(violation: Violation): boolean {
  return allowances.some(({ where, what }) => where.test(violation.where) && what.test(violation.what));
}
