import { covers, includesRepository } from "../access.ts";
import { forbidden, notFound, unprocessable } from "../api-error.ts";
import { isoTime } from "../hub.ts";
import type { Hub } from "../hub.ts";
import type { Repository } from "../model.ts";
import type { AppRecord, Permissions } from "../model/app-record.ts";
import type { Delivery } from "../model/delivery.ts";
import type { Installation } from "../model/installation.ts";
import { paginate } from "../pagination.ts";
import { installationBody, integration, publicUser } from "../present-account.ts";
import { repositoryBody } from "../present-repository.ts";
import type { RateLimiter } from "../rate-limit.ts";
import type { Context, JsonObject, Reply } from "../router.ts";
import type { Tokens } from "../tokens.ts";
import type { WebhookSender } from "../webhooks.ts";

export interface AppServices {
  readonly tokens: Tokens;
  readonly webhooks: WebhookSender;
  readonly limiter: RateLimiter;
}

const DOCS = "https://docs.github.com/rest/apps";

/** The app about itself: installations, tokens, deliveries; and what needs no repository. */
export function registerAppRoutes(hub: Hub, services: AppServices): void {
  registerInstallations(hub, services);
  registerDeliveries(hub, services);
  registerMeta(hub, services);
}

function registerInstallations(hub: Hub, services: AppServices): void {
  const { router } = hub;
  router.plain({
    method: "GET",
    path: "/app",
    access: "app",
    docs: `${DOCS}/apps#get-the-authenticated-app`,
    handler: (context) => {
      const app = appOf(context);
      const count = installationsOf(hub, app).length;
      return { status: 200, body: { ...integration(hub, app), installations_count: count } };
    },
  });
  router.plain({
    method: "GET",
    path: "/app/installations",
    access: "app",
    docs: `${DOCS}/apps#list-installations-for-the-authenticated-app`,
    handler: (context) =>
      paginate(context, installationsOf(hub, appOf(context)), (it) => installationBody(hub, it)),
  });
  router.plain({
    method: "GET",
    path: "/app/installations/{installation_id}",
    access: "app",
    docs: `${DOCS}/apps#get-an-installation-for-the-authenticated-app`,
    handler: (context) => ({ status: 200, body: installationBody(hub, installationOf(context)) }),
  });
  router.plain({
    method: "POST",
    path: "/app/installations/{installation_id}/access_tokens",
    access: "app",
    createsContent: false,
    docs: `${DOCS}/apps#create-an-installation-access-token-for-an-app`,
    handler: (context) => createToken(context, services.tokens),
  });
  router.plain({
    method: "GET",
    path: "/repos/{owner}/{repo}/installation",
    access: "app",
    docs: `${DOCS}/apps#get-a-repository-installation-for-the-authenticated-app`,
    handler: (context) => {
      const repository = hub.findRepository(context.params.owner ?? "", context.params.repo ?? "");
      const found = installationsOf(hub, appOf(context)).find(
        (it) => repository !== undefined && includesRepository(it, repository),
      );
      if (found === undefined) throw notFound();
      return { status: 200, body: installationBody(hub, found) };
    },
  });
  router.plain({
    method: "GET",
    path: "/installation/repositories",
    access: "installation",
    docs: `${DOCS}/installations#list-repositories-accessible-to-the-app-installation`,
    handler: listRepositories,
  });
}

function listRepositories(context: Context): Promise<Reply> {
  const { hub, viewer } = context;
  if (viewer.kind !== "installation") throw forbidden();
  const { installation, repositoryIds } = viewer;
  const repositories = [...hub.repositories.values()].filter(
    (it) => includesRepository(installation, it) && (repositoryIds === null || repositoryIds.has(it.id)),
  );
  return paginate(
    context,
    repositories,
    (it) => repositoryBody(hub, it),
    (page) => ({
      total_count: repositories.length,
      repository_selection: installation.repositorySelection,
      repositories: page,
    }),
  );
}

function createToken(context: Context, tokens: Tokens): Reply {
  const { hub, body } = context;
  const installation = installationOf(context);
  if (installation.suspendedAt !== null) throw forbidden("This installation has been suspended");
  const asked = body.permissions as Permissions | undefined;
  if (asked !== undefined && !covers(installation.permissions, asked)) {
    throw unprocessable("The permissions requested are not granted to this installation.");
  }
  const narrowed = narrowedTo(hub, installation, body);
  const permissions =
    asked === undefined ? installation.permissions : { ...asked, metadata: "read" as const };
  const repositoryIds = narrowed === undefined ? null : new Set(narrowed.map((it) => it.id));
  const issued = tokens.issue({ installation, permissions, repositoryIds });
  return {
    status: 201,
    body: {
      token: issued.token,
      expires_at: isoTime(issued.expiresAt),
      permissions,
      repository_selection: narrowed === undefined ? installation.repositorySelection : "selected",
      ...(narrowed === undefined ? {} : { repositories: narrowed.map((it) => repositoryBody(hub, it)) }),
    },
  };
}

function narrowedTo(
  hub: Hub,
  installation: Installation,
  body: JsonObject,
): readonly Repository[] | undefined {
  const names = body.repositories as readonly string[] | undefined;
  const ids = body.repository_ids as readonly number[] | undefined;
  if (names === undefined && ids === undefined) return undefined;
  const byName = (names ?? []).map((name) => hub.findRepository(installation.account.login, name));
  const byId = (ids ?? []).map((id) => hub.repositories.get(id));
  return [...byName, ...byId].map((found) => {
    if (found !== undefined && includesRepository(installation, found)) return found;
    throw unprocessable(
      "There is at least one repository that does not exist or is not accessible to the parent installation.",
    );
  });
}

function registerDeliveries(hub: Hub, { webhooks }: AppServices): void {
  const docs = `${DOCS}/webhooks`;
  const deliveryOf = (context: Context): Delivery => {
    const app = appOf(context);
    const found = webhooks.deliveries.find(
      (it) => it.app === app && String(it.id) === context.params.delivery_id,
    );
    if (found === undefined) throw notFound();
    return found;
  };
  hub.router.plain({
    method: "GET",
    path: "/app/hook/deliveries",
    access: "app",
    docs: `${docs}#list-deliveries-for-an-app-webhook`,
    handler: (context) => listDeliveries(context, webhooks),
  });
  hub.router.plain({
    method: "GET",
    path: "/app/hook/deliveries/{delivery_id}",
    access: "app",
    docs: `${docs}#get-a-delivery-for-an-app-webhook`,
    handler: (context) => ({ status: 200, body: wholeDelivery(deliveryOf(context)) }),
  });
  hub.router.plain({
    method: "POST",
    path: "/app/hook/deliveries/{delivery_id}/attempts",
    access: "app",
    createsContent: false,
    docs: `${docs}#redeliver-a-delivery-for-an-app-webhook`,
    handler: (context) => {
      webhooks.redeliver(deliveryOf(context));
      return { status: 202, body: {} };
    },
  });
}

/** Newest first; `cursor` is the id of the last delivery seen. */
function listDeliveries(context: Context, webhooks: WebhookSender): Reply {
  const app = appOf(context);
  const { query } = context;
  const perPage = Math.min(Number(query.get("per_page") ?? "30") || 30, 100);
  const status = query.get("status");
  const cursor = Number(query.get("cursor") ?? Number.POSITIVE_INFINITY);
  const matching = webhooks.deliveries
    .filter((it) => it.app === app && it.deliveredAt !== null && it.id < cursor)
    .filter((it) => status !== "success" || (it.statusCode >= 200 && it.statusCode < 400))
    // Answers of 400 to 599 only: attempts without any answer do not show up here (platform.md section 6).
    .filter((it) => status !== "failure" || (it.statusCode >= 400 && it.statusCode < 600))
    .toSorted((a, b) => b.id - a.id);
  const page = matching.slice(0, perPage);
  const last = page.at(-1);
  const headers: Record<string, string> = {};
  if (last !== undefined && matching.length > perPage) {
    const next = new URLSearchParams(query);
    next.set("cursor", String(last.id));
    headers.link = `<${context.apiRoot}${context.path}?${next.toString()}>; rel="next"`;
  }
  return { status: 200, body: page.map(deliveryItem), headers };
}

function deliveryItem(delivery: Delivery): JsonObject {
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: isoTime(delivery.deliveredAt ?? delivery.queuedAt),
    redelivery: delivery.redelivery,
    duration: delivery.duration,
    status: delivery.status,
    status_code: delivery.statusCode,
    event: delivery.event,
    action: delivery.action,
    installation_id: delivery.installationId,
    repository_id: delivery.repositoryId,
    throttled_at: null,
  };
}

function wholeDelivery(delivery: Delivery): JsonObject {
  return {
    ...deliveryItem(delivery),
    url: delivery.app.webhookUrl,
    request: { headers: delivery.requestHeaders, payload: delivery.payload },
    response: { headers: delivery.responseHeaders, payload: delivery.responseBody },
  };
}

function registerMeta(hub: Hub, { limiter }: AppServices): void {
  hub.router.plain({
    method: "GET",
    path: "/rate_limit",
    access: "any",
    handler: ({ viewer }) => ({ status: 200, body: limiter.overview(viewer) }),
  });
  hub.router.plain({
    method: "GET",
    path: "/users/{username}",
    access: "any",
    docs: "https://docs.github.com/rest/users/users#get-a-user",
    handler: ({ params }) => {
      const account = hub.findAccount(params.username ?? "");
      if (account === undefined) throw notFound();
      return { status: 200, body: publicUser(hub, account) };
    },
  });
  hub.router.plain({
    method: "GET",
    path: "/user",
    access: "token",
    docs: "https://docs.github.com/rest/users/users#get-the-authenticated-user",
    handler: ({ viewer }) => {
      if (viewer.kind !== "user") throw forbidden("Resource not accessible by integration");
      return { status: 200, body: publicUser(hub, viewer.account) };
    },
  });
  hub.router.plain({
    method: "GET",
    path: "/meta",
    access: "any",
    handler: () => ({
      status: 200,
      body: { verifiable_password_authentication: false, hooks: ["127.0.0.1/32"], api: ["127.0.0.1/32"] },
    }),
  });
}

function appOf(context: Context): AppRecord {
  if (context.viewer.kind !== "app") throw notFound();
  return context.viewer.app;
}

function installationsOf(hub: Hub, app: AppRecord): readonly Installation[] {
  return [...hub.installations.values()].filter((it) => it.app === app);
}

function installationOf(context: Context): Installation {
  const found = context.hub.installations.get(Number(context.params.installation_id));
  if (found === undefined || found.app !== appOf(context)) throw notFound();
  return found;
}
