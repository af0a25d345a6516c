import type { Notifier } from "./notification.ts";

/** What it needs of a log. */
export interface InfoLog {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
}

/** One line at level info for each notification: an operator can route the lines with this message to a chat. */
export function createLogNotifier(log: InfoLog): Notifier {
  return {
    notify(notification) {
      log.info({ notification }, "Notification");
      return Promise.resolve();
    },
  };
}
