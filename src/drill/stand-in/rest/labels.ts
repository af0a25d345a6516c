import { notFound, validationFailed } from "../api-error.ts";
import { actOf } from "../collaboration/act.ts";
import { addLabels, createLabel, emitLabel, removeLabel, setLabels } from "../collaboration/labels.ts";
import type { Hub } from "../hub.ts";
import type { Label } from "../model.ts";
import { paginate } from "../pagination.ts";
import { labelBody } from "../present-issue.ts";
import type { JsonObject, RepositoryContext, Reply } from "../router.ts";
import { ISSUE_READ, ISSUE_WRITE, issueOf } from "./issues.ts";
import { readNames, readText } from "./read-body.ts";

const DOCS = "https://docs.github.com/rest/issues/labels";
const BASE = "/repos/{owner}/{repo}";
const ON_ISSUE = `${BASE}/issues/{issue_number}/labels`;

export function registerLabels(hub: Hub): void {
  registerRepositoryLabels(hub);
  registerIssueLabels(hub);
}

function registerRepositoryLabels(hub: Hub): void {
  const { router } = hub;
  const shared = { permissions: ISSUE_WRITE, role: "push", docs: DOCS } as const;
  router.repository({
    method: "GET",
    path: `${BASE}/labels`,
    permissions: ISSUE_READ,
    docs: DOCS,
    handler: (context) =>
      paginate(context, [...context.repository.labels.values()], (label) =>
        labelBody(hub, context.repository, label),
      ),
  });
  router.repository({ ...shared, method: "POST", path: `${BASE}/labels`, handler: createOne });
  router.repository({
    method: "GET",
    path: `${BASE}/labels/{name}`,
    permissions: ISSUE_READ,
    docs: DOCS,
    handler: (context) => ({ status: 200, body: labelBody(hub, context.repository, labelOf(context)) }),
  });
  router.repository({ ...shared, method: "PATCH", path: `${BASE}/labels/{name}`, handler: updateOne });
  router.repository({ ...shared, method: "DELETE", path: `${BASE}/labels/{name}`, handler: deleteOne });
}

function registerIssueLabels(hub: Hub): void {
  const { router } = hub;
  const shared = { path: ON_ISSUE, permissions: ISSUE_WRITE, role: "triage", docs: DOCS } as const;
  router.repository({
    ...shared,
    method: "GET",
    permissions: ISSUE_READ,
    role: "pull",
    handler: (context) =>
      paginate(context, issueOf(context).labels, (label) => labelBody(hub, context.repository, label)),
  });
  router.repository({
    ...shared,
    method: "POST",
    handler: async (context) => {
      await addLabels(actOf(context), issueOf(context), readNames(context.body.labels));
      return labelsReply(context);
    },
  });
  router.repository({
    ...shared,
    method: "PUT",
    handler: async (context) => {
      await setLabels(actOf(context), issueOf(context), readNames(context.body.labels));
      return labelsReply(context);
    },
  });
  router.repository({
    ...shared,
    method: "DELETE",
    handler: async (context) => {
      await setLabels(actOf(context), issueOf(context), []);
      return { status: 204 };
    },
  });
  router.repository({
    ...shared,
    method: "DELETE",
    path: `${ON_ISSUE}/{name}`,
    handler: async (context) => {
      const issue = issueOf(context);
      const name = context.params.name?.toLowerCase();
      const label = issue.labels.find((it) => it.name.toLowerCase() === name);
      if (label === undefined) throw notFound("Label does not exist");
      await removeLabel(actOf(context), issue, label);
      return labelsReply(context);
    },
  });
}

function labelsReply(context: RepositoryContext): Reply {
  const { hub, repository } = context;
  return {
    status: 200,
    body: issueOf(context).labels.map((label) => labelBody(hub, repository, label)),
  };
}

function labelOf(context: RepositoryContext): Label {
  const label = context.repository.labels.get((context.params.name ?? "").toLowerCase());
  if (label === undefined) throw notFound();
  return label;
}

function createOne(context: RepositoryContext): Reply {
  const { body, hub, repository } = context;
  const name = readText(body.name);
  if (name === null || name === "") {
    throw validationFailed({ resource: "Label", code: "missing_field", field: "name" });
  }
  const label = createLabel(actOf(context), {
    name,
    color: readText(body.color) ?? undefined,
    description: readText(body.description),
  });
  const answer = labelBody(hub, repository, label);
  return { status: 201, body: answer, headers: { location: String(answer.url) } };
}

function updateOne(context: RepositoryContext): Reply {
  const { body, hub, repository } = context;
  const label = labelOf(context);
  const changes: JsonObject = {};
  const name = readText(body.new_name);
  if (name !== null && name !== label.name) {
    const other = repository.labels.get(name.toLowerCase());
    if (other !== undefined && other !== label) {
      throw validationFailed({ resource: "Label", code: "already_exists", field: "name" });
    }
    changes.name = { from: label.name };
    repository.labels.delete(label.name.toLowerCase());
    repository.labels.set(name.toLowerCase(), label);
    label.name = name;
  }
  const color = readText(body.color);
  if (color !== null && color !== label.color) {
    changes.color = { from: label.color };
    label.color = color;
  }
  const description = readText(body.description);
  if (description !== null && description !== label.description) {
    changes.description = { from: label.description ?? "" };
    label.description = description;
  }
  if (Object.keys(changes).length > 0) emitLabel(actOf(context), "edited", label, { changes });
  return { status: 200, body: labelBody(hub, repository, label) };
}

/** Takes it off every issue too; GitHub sends no `unlabeled` for that. */
function deleteOne(context: RepositoryContext): Reply {
  const label = labelOf(context);
  context.repository.labels.delete(label.name.toLowerCase());
  for (const issue of context.repository.issues.values()) {
    issue.labels = issue.labels.filter((it) => it !== label);
  }
  emitLabel(actOf(context), "deleted", label);
  return { status: 204 };
}
