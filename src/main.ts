import process from "node:process";
import { run } from "probot";
import { type App, startApp } from "./app.ts";
import { type Environment, readEnvironment } from "./config/environment.ts";
import { QueueError } from "./reconcile/queue.ts";

const environment = readEnvironment(process.env, process.cwd());
switch (environment.mode) {
  case "serve":
    await serve(environment);
    break;
  case "setup":
    await setUp(environment);
    break;
  case "refuse":
    refuse(environment.sentence);
}

async function serve(options: Extract<Environment, { mode: "serve" }>): Promise<void> {
  let app: App;
  try {
    app = await startApp({ environment: options });
  } catch (error) {
    refuse(sentenceOf(error, options.port));
    return;
  }
  stopOnSignal(() => app.stop());
}

/**
 * Probot's pages that register the app on GitHub and write its credentials to `.env`. They accept credentials from anybody who reaches them,
 * so they are never served beyond this machine.
 */
async function setUp(options: Extract<Environment, { mode: "setup" }>): Promise<void> {
  // Read by Probot alone. The webhook's URL stands in app.yml, so a channel of smee.io would never be used.
  process.env.NO_SMEE_SETUP = "true";
  console.log(
    "No credentials yet. Put the address of your server into hook_attributes.url in app.yml, then open the page below, follow it and start again.",
  );
  try {
    const server = await run(() => undefined, {
      env: { HOST: "127.0.0.1", PORT: String(options.port) },
    });
    stopOnSignal(() => server.stop());
  } catch (error) {
    refuse(sentenceOf(error, options.port));
  }
}

/** The first signal stops cleanly; a second one ends at once. */
function stopOnSignal(stop: () => Promise<unknown>): void {
  for (const signal of ["SIGTERM", "SIGINT"] as const)
    process.once(signal, () => {
      stop().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error("Stopping failed:", error);
          process.exit(1);
        },
      );
    });
}

/** What an operator can mend; null-safe for everything else, which is shown with its stack. */
function sentenceOf(error: unknown, port: number): string {
  if (error instanceof QueueError) return error.message;
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") return `Port ${port} is taken by another process; set PORT to a free one.`;
  if (code === "EACCES") return `Port ${port} may not be used by this user; set PORT to one above 1023.`;
  throw error;
}

function refuse(sentence: string): void {
  console.error(`Hotfix Responder does not start: ${sentence}`);
  process.exitCode = 1;
}
