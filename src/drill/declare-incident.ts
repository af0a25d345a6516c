import type { Stage } from "./stage.ts";

/** Sara opens the issue and puts the label; the clock of the drill starts. Returns the issue's number. */
export async function declareIncident(stage: Stage, title: string, body: string): Promise<number> {
  stage.narrator.heading("The incident");
  const { rest } = stage.person("sara").octokit;
  const { data: issue } = await rest.issues.create({ ...stage.at, title, body });
  stage.narrator.startClock();
  await rest.issues.addLabels({ ...stage.at, issue_number: issue.number, labels: ["incident"] });
  stage.narrator.person("sara", `labels issue #${issue.number} \`incident\`: "${title}"`);
  return issue.number;
}
