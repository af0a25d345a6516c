import { validationFailed } from "../api-error.ts";
import type { Issue, Label } from "../model.ts";
import { nodeId } from "../node-id.ts";
import { issueInList, labelBody } from "../present-issue.ts";
import type { JsonObject } from "../router.ts";
import { unverified } from "../unverified.ts";
import { type Act, recordEvent } from "./act.ts";
import { emitPullRequest } from "./emit-pull-request.ts";

unverified(
  "labels/created-by-use",
  "a label made by putting an unknown name on an issue is announced as label.created",
);

/** GitHub's colour for a label that is made by using it. */
const PLAIN_COLOR = "ededed";

export function emitLabel(act: Act, action: string, label: Label, extra: JsonObject = {}): void {
  const { hub, repository, actor } = act;
  hub.emit(
    "label",
    action,
    { label: labelBody(hub, repository, label), ...extra },
    { sender: actor, repository },
  );
}

export function createLabel(
  act: Act,
  wanted: {
    readonly name: string;
    readonly color?: string | undefined;
    readonly description?: string | null;
  },
): Label {
  const { hub, repository } = act;
  const key = wanted.name.toLowerCase();
  const color = wanted.color ?? PLAIN_COLOR;
  if (repository.labels.has(key)) {
    throw validationFailed({ resource: "Label", code: "already_exists", field: "name" });
  }
  if (!/^[0-9a-f]{6}$/i.test(color)) {
    throw validationFailed({ resource: "Label", code: "invalid", field: "color" });
  }
  if (wanted.name.length > 50) {
    throw validationFailed({
      resource: "Label",
      code: "custom",
      field: "name",
      message: "name is too long (maximum is 50 characters)",
    });
  }
  const id = hub.nextId();
  const label: Label = {
    id,
    nodeId: nodeId("LA", id),
    name: wanted.name,
    color,
    description: wanted.description ?? null,
    isDefault: false,
  };
  repository.labels.set(key, label);
  emitLabel(act, "created", label);
  return label;
}

function labelNamed(act: Act, name: string): Label {
  return act.repository.labels.get(name.toLowerCase()) ?? createLabel(act, { name });
}

/** Puts labels on without telling anybody yet; those that are there already are left alone. Returns the new ones. */
export function attachLabels(act: Act, issue: Issue, names: readonly string[]): readonly Label[] {
  const fresh = new Set(
    names.map((name) => labelNamed(act, name)).filter((it) => !issue.labels.includes(it)),
  );
  for (const label of fresh) {
    issue.labels.push(label);
    recordEvent(act, issue, "labeled", { label });
  }
  return [...fresh];
}

/** One `labeled` for each, and each shows all of them: they were put on together. */
export async function announceLabels(act: Act, issue: Issue, labels: readonly Label[]): Promise<void> {
  for (const label of labels) await emitLabelChange(act, issue, "labeled", label);
}

export async function addLabels(act: Act, issue: Issue, names: readonly string[]): Promise<void> {
  await announceLabels(act, issue, attachLabels(act, issue, names));
}

export async function removeLabel(act: Act, issue: Issue, label: Label): Promise<void> {
  const index = issue.labels.indexOf(label);
  if (index < 0) return;
  issue.labels.splice(index, 1);
  recordEvent(act, issue, "unlabeled", { label });
  await emitLabelChange(act, issue, "unlabeled", label);
}

export async function setLabels(act: Act, issue: Issue, names: readonly string[]): Promise<void> {
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  const surplus = issue.labels.filter((label) => !wanted.has(label.name.toLowerCase()));
  for (const label of surplus) await removeLabel(act, issue, label);
  await addLabels(act, issue, names);
}

async function emitLabelChange(
  act: Act,
  issue: Issue,
  action: "labeled" | "unlabeled",
  label: Label,
): Promise<void> {
  const { hub, repository, actor } = act;
  const body = labelBody(hub, repository, label);
  if (issue.pullRequest !== null) {
    await emitPullRequest(act, issue, action, { label: body });
    return;
  }
  const payload = { issue: issueInList(hub, repository, issue), label: body };
  hub.emit("issues", action, payload, { sender: actor, repository });
}
