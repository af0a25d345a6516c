import { type ShopCommit, shopHistory } from "./shop.ts";
import type { Stage } from "./stage.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Pushes the shop's history and what came after it to `main` with its tags, and `unfinished` work on top of it to `develop`. */
export async function openShop(
  stage: Stage,
  unfinished: ShopCommit,
  later: readonly ShopCommit[] = [],
): Promise<void> {
  const olga = stage.person("olga");
  await olga.clone();
  await olga.git("switch", "--quiet", "--create", "main");
  const now = Date.now();
  for (const commit of [...shopHistory, ...later, unfinished]) {
    if (commit === unfinished) await olga.git("switch", "--quiet", "--create", "develop");
    for (const [path, text] of Object.entries(commit.files)) await olga.write(path, text);
    await olga.commit(commit.message, new Date(now - commit.daysAgo * DAY_MS));
    if (commit.tag !== undefined) await olga.git("tag", "--annotate", "--message", commit.tag, commit.tag);
  }
  await olga.git("push", "--quiet", "origin", "main");
  await olga.git("push", "--quiet", "origin", "develop");
  await olga.git("push", "--quiet", "origin", "--tags");
  stage.narrator.quote(await olga.git("log", "--graph", "--all", "--oneline", "--decorate"));
}
