import type { IncomingHttpHeaders } from "node:http";
import type { Log } from "../logger.ts";
import type { Delivery, Reception } from "../reconcile/receive-delivery.ts";
import { parseJson } from "./parse-json.ts";
import { createSignedBodyReader } from "./read-signed-body.ts";
import type { Answer, Route } from "./server.ts";

export const WEBHOOK_PATH = "/api/github/webhooks";

export interface WebhookOptions {
  /** The current secret, then those that are still accepted while it is being changed. */
  readonly secrets: readonly string[];
  /** Resolves once everything that must not be lost is stored. */
  readonly receive: (delivery: Delivery) => Promise<Reception>;
  readonly log: Log;
}

/** Receives what GitHub sends. Answers after it is stored and before anything is done about it: GitHub waits ten seconds. */
export function webhookRoute(options: WebhookOptions): Route {
  const readSignedBody = createSignedBodyReader(options.secrets);
  return {
    method: "POST",
    path: WEBHOOK_PATH,
    async handle(request) {
      const signature = request.headers["x-hub-signature-256"];
      if (typeof signature !== "string") return refuse(401, "the signature is missing");
      const envelope = readEnvelope(request.headers);
      if ("status" in envelope) return envelope;
      const body = await readSignedBody(request, signature);
      switch (body.kind) {
        case "too large":
          return refuse(413, "the body is larger than 25 MB");
        case "busy":
          return refuse(503, "too many large bodies at the same time");
        case "forged":
          options.log.warn(
            { ...envelope, from: request.socket.remoteAddress },
            "Webhook with a wrong signature",
          );
          return refuse(401, "the signature is wrong");
        case "genuine":
          return receive(options, envelope, body.bytes);
      }
    },
  };
}

interface Envelope {
  readonly id: string;
  readonly event: string;
}

/** Without the id a copy could not be told from the original, so that is never skipped. */
function readEnvelope(headers: IncomingHttpHeaders): Envelope | Answer {
  const id = headers["x-github-delivery"];
  const event = headers["x-github-event"];
  if (typeof id !== "string" || !/^[0-9A-Za-z-]{1,64}$/u.test(id))
    return refuse(400, "X-GitHub-Delivery is missing or is no GUID");
  if (typeof event !== "string" || !/^[a-z_]{1,64}$/u.test(event))
    return refuse(400, "X-GitHub-Event is missing or is no event");
  if (headers["content-encoding"] !== undefined && headers["content-encoding"] !== "identity")
    return refuse(415, "compressed bodies are not accepted");
  if (!/^application\/json\b/iu.test(headers["content-type"] ?? ""))
    return refuse(415, "set the webhook's content type to application/json");
  return { id, event };
}

async function receive(options: WebhookOptions, envelope: Envelope, bytes: Buffer): Promise<Answer> {
  const json = parseJson(bytes);
  if (json === null) return refuse(400, "the body is no JSON, or is nested too deeply");
  let reception: Reception;
  try {
    reception = await options.receive({ ...envelope, payload: json.value });
  } catch (error) {
    // GitHub notes the failure, and the sweep asks for the delivery again.
    options.log.error({ err: error, ...envelope }, "Webhook could not be stored");
    return { status: 503, body: { error: "the webhook could not be stored" } };
  }
  options.log.debug({ ...envelope, ...reception }, "Webhook received");
  if (reception.kind === "malformed") {
    options.log.warn({ ...envelope, because: reception.because }, "Webhook with a body of another event");
    return { status: 400, body: { error: reception.because } };
  }
  return {
    status: 202,
    body: { result: reception.kind, ...("because" in reception && { because: reception.because }) },
  };
}

function refuse(status: number, error: string): Answer {
  return { status, body: { error }, close: true };
}
