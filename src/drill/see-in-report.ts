import { eventually } from "./eventually.ts";
import type { Stage } from "./stage.ts";

/** Waits until the report on develop says all of it: facts that people add after the end are written into it, too. */
export async function seeInReport(stage: Stage, issue: number, texts: readonly string[]): Promise<void> {
  const olga = stage.person("olga");
  const file = new RegExp(`^incidents/.*-${String(issue).padStart(3, "0")}\\.md$`, "mu");
  await eventually(`the report on develop says ${texts.join(", ")}`, async () => {
    await olga.git("fetch", "--quiet", "--prune", "origin");
    const path = file.exec(await olga.git("ls-tree", "-r", "--name-only", "origin/develop"))?.[0];
    const report = path === undefined ? "" : await olga.git("show", `origin/develop:${path}`);
    return texts.every((text) => report.includes(text));
  });
  stage.narrator.app(`writes it into the documents on develop: ${texts.join(", ")}`);
}
