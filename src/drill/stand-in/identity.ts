import { noReplyAddress } from "./hub.ts";
import type { Person } from "./git-formats.ts";
import type { Account } from "./model/account.ts";

/** How an account appears in commits that GitHub makes on its behalf. */
export function personOf(account: Account, date: Date): Person {
  return { name: account.name ?? account.login, email: account.email ?? noReplyAddress(account), date };
}

/** The committer of what is made on GitHub's own pages and, for apps, by its API. GitHub signs what it commits itself. */
export function webFlow(date: Date): Person {
  return { name: "GitHub", email: WEB_FLOW_ADDRESS, date };
}

export const WEB_FLOW_ADDRESS = "noreply@github.com";
