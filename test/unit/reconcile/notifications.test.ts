import { describe, expect, it } from "vitest";
import { configOf } from "../../../src/config/schema.ts";
import type { Action, Outcome } from "../../../src/incident/action.ts";
import { advance } from "../../../src/incident/advance.ts";
import type { IncidentState } from "../../../src/incident/state.ts";
import { createLogger } from "../../../src/logger.ts";
import type { Notification, Notifier } from "../../../src/notify/notification.ts";
import { Notifications } from "../../../src/reconcile/notifications.ts";
import { plannedAction, plannedKeys } from "../../support/planned.ts";
import {
  aComment,
  at,
  incidentId,
  issueUrl,
  leo,
  number,
  opened,
  permission,
  shopConfig,
} from "../../support/state-builder.ts";

/** After a comment of Leo's, before its answer. */
function hears(body: string, id = 9100): IncidentState {
  const comment = aComment(id, { author: leo, body, createdAt: at("14:45") });
  const state = opened();
  return { ...state, comments: [...state.comments, comment], permissions: { leo: permission("maintain") } };
}

function posted(action: Action, id = 9200): Outcome {
  const url = `${issueUrl}#issuecomment-${id}`;
  return {
    action,
    ok: true,
    value: { kind: "comment", id, nodeId: `IC_${id}`, url, at: at("14:46") },
  };
}

function listening(answer: Notifier["notify"] = () => Promise.resolve()) {
  const sent: Notification[] = [];
  const lines: string[] = [];
  const notifier: Notifier = {
    notify(notification) {
      sent.push(notification);
      return answer(notification);
    },
  };
  const log = createLogger({ level: "info", secrets: [], write: (line) => void lines.push(line) });
  return { notifications: new Notifications(notifier, log), sent, lines };
}

const UPDATE = "/hotfix update Checkout fails for everybody.";

describe("notifications of stakeholder updates", () => {
  it("are sent when the reply was written, once, and not by a later pass", () => {
    const { notifications, sent } = listening();
    const state = hears(UPDATE);
    const outcome = posted(plannedAction(state, "post-comment"));
    notifications.follow(state, shopConfig, outcome);
    // GitHub showed an old state, and the reply was posted again.
    notifications.follow(state, shopConfig, posted(outcome.action, 9201));
    const link = `${issueUrl}#issuecomment-9200`;
    const only = { kind: "stakeholder-update", number, incident: incidentId, severity: "critical", link };
    expect(sent).toStrictEqual([only]);
    expect(plannedKeys(advance(state, outcome))).not.toContain("comment reply");

    const another = hears(UPDATE, 9300);
    notifications.follow(another, shopConfig, posted(plannedAction(another, "post-comment"), 9301));
    expect(sent.map((each) => each.link)).toEqual([link, `${issueUrl}#issuecomment-9301`]);
  });

  it("tell the severity that the same comment gave", () => {
    const { notifications, sent } = listening();
    const state = hears(`/hotfix severity high\n${UPDATE}`);
    notifications.follow(state, shopConfig, posted(plannedAction(state, "post-comment")));
    expect(sent.map(({ severity, incident }) => [severity, incident])).toEqual([["high", incidentId]]);
  });

  it("are not sent for other commands, for refused ones, or while the reply is not written", () => {
    const { notifications, sent } = listening();
    const note = hears("/hotfix note Rolled the proxy back.");
    notifications.follow(note, shopConfig, posted(plannedAction(note, "post-comment")));
    const stranger = { ...hears(UPDATE), permissions: { leo: permission("pull") } };
    notifications.follow(stranger, shopConfig, posted(plannedAction(stranger, "post-comment")));
    const state = hears(UPDATE);
    const action = plannedAction(state, "post-comment");
    const problem = { code: "server-fault", sentence: "No.", nextStep: "Wait.", transient: true };
    notifications.follow(state, shopConfig, { action, ok: false, problem });
    expect(sent).toEqual([]);
    // The failure has not used up the one that follows from the next try.
    notifications.follow(state, shopConfig, posted(action));
    expect(sent).toHaveLength(1);
  });

  it.each<[string, Notifier["notify"]]>([
    [
      "throws",
      () => {
        throw new Error("no chat");
      },
    ],
    ["fails later", () => Promise.reject(new Error("no chat"))],
  ])("are lost with a warning and without harm where the notifier %s", async (_how, answer) => {
    const { notifications, sent, lines } = listening(answer);
    const state = hears(UPDATE);
    const outcome = posted(plannedAction(state, "post-comment"));
    expect(() => notifications.follow(state, shopConfig, outcome)).not.toThrow();
    await new Promise((resolve) => setImmediate(resolve));
    notifications.follow(state, shopConfig, outcome);
    expect(sent).toHaveLength(1);
    expect(lines.map((line) => JSON.parse(line) as Record<string, unknown>)).toEqual([
      expect.objectContaining({ level: "warn", msg: "A notification was not sent" }),
    ]);
    expect(lines.join("")).not.toContain("everybody");
  });

  it("are not waited for where the notifier hangs, and the next one is sent all the same", () => {
    const { notifications, sent, lines } = listening(() => new Promise(() => undefined));
    for (const id of [9100, 9101]) {
      const state = hears(UPDATE, id);
      const action = plannedAction(state, "post-comment");
      // Nothing to wait for.
      expect(notifications.follow(state, shopConfig, posted(action, id + 100))).toBeUndefined();
    }
    expect(sent).toHaveLength(2);
    expect(lines).toEqual([]);
  });

  it("S38: name no service that only a form named", () => {
    const { notifications, sent } = listening();
    const state = hears(UPDATE);
    const config = configOf({});
    notifications.follow(state, config, posted(plannedAction(state, "post-comment", config)));
    expect(sent.map(({ incident }) => incident)).toEqual([null]);
  });
});
