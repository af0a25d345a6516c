import { describe, expect, it } from "vitest";
import { configOf } from "../../../src/config/schema.ts";
import { factsOf } from "../../../src/incident/facts-of.ts";
import { createLogger } from "../../../src/logger.ts";
import { createLogNotifier } from "../../../src/notify/log-notifier.ts";
import { notificationOf } from "../../../src/notify/notification.ts";
import { inIssue } from "../../support/planned.ts";
import { aComment, incidentId, issueUrl, number, opened, shopConfig } from "../../support/state-builder.ts";

const link = `${issueUrl}#issuecomment-9200`;

function notificationUnder(config = shopConfig) {
  const said = aComment(9100, { body: "/hotfix update We lose EUR 50000 an hour; ask Ana about Initech." });
  const state = inIssue(
    { ...opened(), comments: [...opened().comments, said] },
    { title: "Initech's merger leaked", body: "### Users affected\n\nEUR 3 million of Initech's" },
  );
  return notificationOf("stakeholder-update", factsOf(state, config), config, link);
}

describe("a notification", () => {
  it("S38: is number, incident id, severity and link, and nothing that somebody typed", () => {
    expect(notificationUnder()).toStrictEqual({
      kind: "stakeholder-update",
      number,
      incident: incidentId,
      severity: "critical",
      link,
    });
  });

  it.each([
    ["no service", configOf({})],
    ["another service", configOf({ services: { initech: {} } })],
  ])("S38: leaves the id out where its service is not configured, as with %s", (_what, config) => {
    expect(notificationUnder(config)).toMatchObject({ number, incident: null, severity: "critical" });
  });

  it("is one line of the log at level info, where the level lets it through", async () => {
    const lines: string[] = [];
    for (const level of ["info", "warn"]) {
      const log = createLogger({ level, secrets: [], write: (line) => void lines.push(line) });
      await createLogNotifier(log).notify(notificationUnder());
    }
    expect(lines.map((line) => JSON.parse(line) as Record<string, unknown>)).toEqual([
      expect.objectContaining({ level: "info", msg: "Notification", notification: notificationUnder() }),
    ]);
  });
});
