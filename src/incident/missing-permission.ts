import type { Config } from "../config/schema.ts";
import { said, sayIn, saying } from "./say.ts";
import type { Problem } from "./state/problem.ts";

/** What of app.yml the app cannot do without, and what stops where an owner has not granted it. */
export const NEEDED_PERMISSIONS = {
  contents: { name: "Contents", stops: saying("no branch, tag, release or document can be made") },
  pull_requests: {
    name: "Pull requests",
    stops: saying("no pull request can be opened, marked ready or merged"),
  },
  issues: { name: "Issues", stops: saying("nothing can be written here") },
  checks: { name: "Checks", stops: saying("the commits that are pushed are not checked") },
} as const;

export type NeededPermission = keyof typeof NEEDED_PERMISSIONS;

/** @param locale English where the configuration cannot be read, because that is what the app lacks */
export function missingPermission(
  permission: NeededPermission,
  owner: string,
  locale: Config["locale"] = "en",
): Problem {
  const say = sayIn(locale);
  const { name, stops } = NEEDED_PERMISSIONS[permission];
  return {
    code: "permission-missing",
    sentence: say("The installation of this app lacks the permission {name} (read and write), so {stops}", {
      name,
      stops: said(stops, locale),
    }),
    nextStep: say(
      "An owner of {owner} opens Settings, GitHub Apps, Configure (of the repository or of {owner}) and accepts the permission; the app goes on at once",
      { owner },
    ),
    transient: false,
  };
}
