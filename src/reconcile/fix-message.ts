import type { Finding } from "../checks/finding.ts";
import { correctedMessage } from "../checks/properties/message.ts";
import type { Config } from "../config/schema.ts";
import { plain } from "../documents/markdown.ts";

/** The message of a commit that applies fixes. It follows the convention that the app checks, and credits who asked for it. Not Markdown. */
export function fixMessage(
  incident: { readonly number: number; readonly id: string },
  settings: Config["checks"]["message"],
  findings: readonly Pick<Finding, "rule" | "because">[],
  { login, account }: { readonly login: string; readonly account?: number },
): string {
  const rules = [...new Set(findings.map(({ rule }) => rule))];
  const because = findings.map((finding) => finding.because).find((each) => each !== null);
  const written = [
    `hotfix: apply ${rules.length === 1 ? `the rule "${plain(rules[0]!)}"` : `${rules.length} rules`}`,
    `Applied from the check run, for ${login}.`,
  ].join("\n\n");
  const context = {
    incident,
    impact: plain(because ?? "forbidden code", 100),
  };
  const text = correctedMessage(written, context, settings);
  // Accounts since 2017 are credited by their number only: https://docs.github.com/en/account-and-profile/reference/email-addresses-reference
  const mailbox = account === undefined ? login : `${account}+${login}`;
  return `${text}${settings.trailers.length === 0 ? "\n" : ""}\nCo-authored-by: ${login} <${mailbox}@users.noreply.github.com>`;
}
