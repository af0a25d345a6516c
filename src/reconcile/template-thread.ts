import { Worker, MessageChannel, receiveMessageOnPort, type MessagePort } from "node:worker_threads";
import type { Config } from "../config/schema.ts";
import type { Renderer } from "../documents/renderer.ts";
import type { TemplateAnswer, TemplateQuestion } from "./template-main.ts";

type Templates = Readonly<Record<string, string>>;

/** Many times what the longest document takes. */
const RENDER_MS = 500;
/** Compiling is slower, nobody waits for it, and a machine that is busy must not make a template look endless: the verdict is kept. */
const TRY_MS = 15_000;
const START_MS = 15_000;
const MOST_MEGABYTES = 64;
/** Verdicts kept; each belongs to one version of one template. */
const MOST_VERDICTS = 1000;

/**
 * Templates of repositories run in threads of their own, with little memory and little time: one that explodes costs the thread and never the app. They
 * are started when the first repository has templates, and kept warm: one tries templates, the other renders while the app waits for it.
 */
export class TemplateThread {
  readonly #builtIn: Templates;
  #trial: Thread | null = null;
  #rendering: Thread | null = null;
  /** Ends when the last trial that was asked for has. */
  #lastTrial: Promise<unknown> = Promise.resolve();
  /** What is wrong with a template, by all that it is; null: nothing. */
  readonly #verdicts = new Map<string, string | null>();

  readonly #tryMs: number;

  constructor(builtIn: Templates, tryMs = TRY_MS) {
    this.#builtIn = builtIn;
    this.#tryMs = tryMs;
  }

  /** One sentence for each template that cannot be used; each is tried on a sample, alone, so that one tells nothing of the others. */
  async problemsOf(own: Templates, locale: Config["locale"]): Promise<Readonly<Record<string, string>>> {
    const all = this.#lastTrial.then(() => this.#tryAll(own, locale));
    this.#lastTrial = all.catch(() => undefined);
    return all;
  }

  async #tryAll(own: Templates, locale: Config["locale"]): Promise<Readonly<Record<string, string>>> {
    const broken: Record<string, string> = {};
    for (const [name, text] of Object.entries(own)) {
      const key = keyOf(locale, name, text);
      const sentence = this.#verdicts.has(key)
        ? (this.#verdicts.get(key) ?? null)
        : await this.#try(locale, name, text);
      if (sentence !== UNTRIED) this.#remember(key, sentence);
      if (sentence !== null) broken[name] = sentence;
    }
    // Warm before somebody waits for it.
    this.#rendering ??= await Thread.start(this.#builtIn);
    return this.#rendering === null ? untried(own) : broken;
  }

  async #try(locale: Config["locale"], name: string, text: string): Promise<string | null> {
    this.#trial ??= await Thread.start(this.#builtIn);
    if (this.#trial === null) return UNTRIED;
    const answer = await this.#trial.ask({ kind: "try", own: { [name]: text }, locale }, this.#tryMs);
    if (answer !== null) return answer.broken?.[name] ?? null;
    void this.#trial.stop();
    this.#trial = null;
    return "it takes too long or too much memory";
  }

  /** The app's renderer with these templates in their places; where one fails after all, the app's own text is written, and the next look says so. */
  rendererWith(own: Templates, locale: Config["locale"], builtIn: Renderer): Renderer {
    const via = <Method extends keyof Renderer>(method: Method): Renderer[Method] =>
      ((...words: Parameters<Renderer[Method]>) => {
        const answer = this.#render({ kind: "render", own, locale, method, words });
        return answer === null ? (builtIn[method] as (...all: unknown[]) => unknown)(...words) : answer.text;
      }) as Renderer[Method];
    return {
      statusSection: via("statusSection"),
      productionPullRequest: via("productionPullRequest"),
      backMergePullRequest: via("backMergePullRequest"),
      turningPoint: via("turningPoint"),
      reply: via("reply"),
      followUp: via("followUp"),
      override: via("override"),
      tagMessage: via("tagMessage"),
      release: via("release"),
      document: via("document"),
      documentAgain: via("documentAgain"),
      documentsPullRequest: via("documentsPullRequest"),
      proposal: via("proposal"),
      withdrawal: via("withdrawal"),
      incidentIndex: via("incidentIndex"),
      indexPullRequest: via("indexPullRequest"),
      incidentIndexAgain: via("incidentIndexAgain"),
      closingComment: via("closingComment"),
    };
  }

  async stop(): Promise<void> {
    await Promise.all([this.#trial?.stop(), this.#rendering?.stop()]);
  }

  #render(question: Extract<TemplateQuestion, { kind: "render" }>): TemplateAnswer | null {
    if (this.#rendering === null) return null;
    const answer = this.#rendering.askNow(question, RENDER_MS);
    if (answer?.error === undefined && answer !== null) return answer;
    if (answer === null) {
      void this.#rendering.stop();
      this.#rendering = null;
    }
    const { own, locale } = question;
    const sentence = answer?.error ?? "it takes too long or too much memory with this incident";
    const culprit = answer?.template;
    const blamed = culprit !== undefined && Object.hasOwn(own, culprit) ? [culprit] : Object.keys(own);
    for (const name of blamed) this.#remember(keyOf(locale, name, own[name]!), sentence);
    return null;
  }

  #remember(key: string, sentence: string | null): void {
    this.#verdicts.set(key, sentence);
    const oldest = this.#verdicts.keys().next().value;
    if (this.#verdicts.size > MOST_VERDICTS && oldest !== undefined) this.#verdicts.delete(oldest);
  }
}

const UNTRIED = "the app could not try it, and will again";

function untried(own: Templates): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.keys(own).map((name) => [name, UNTRIED]));
}

function keyOf(locale: Config["locale"], name: string, text: string): string {
  return JSON.stringify([locale, name, text]);
}

/** One question at a time. Answers wait at the port; the flag says that one has come, so that a caller can wait for it without the event loop. */
class Thread {
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #flag: Int32Array<SharedArrayBuffer>;

  private constructor(worker: Worker, port: MessagePort, flag: Int32Array<SharedArrayBuffer>) {
    this.#worker = worker;
    this.#port = port;
    this.#flag = flag;
  }

  /** null: it does not come up, which is no fault of a template. */
  static async start(builtIn: Templates): Promise<Thread | null> {
    const { port1, port2 } = new MessageChannel();
    const flag = new Int32Array(new SharedArrayBuffer(4));
    const worker = new Worker(new URL("./template-main.ts", import.meta.url), {
      workerData: { port: port2, flag, builtIn },
      transferList: [port2],
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES, maxYoungGenerationSizeMb: 16 },
    });
    // It ended for want of memory: whoever waits sees that no answer comes.
    worker.on("error", () => undefined);
    worker.unref();
    port1.unref();
    const thread = new Thread(worker, port1, flag);
    if ((await thread.ask({ kind: "ping" }, START_MS)) !== null) return thread;
    await thread.stop();
    return null;
  }

  async ask(question: TemplateQuestion, ms: number): Promise<TemplateAnswer | null> {
    this.#send(question);
    const waiting = Atomics.waitAsync(this.#flag, 0, 0, ms);
    const ended = Promise.withResolvers<"ended">();
    const end = (): void => ended.resolve("ended");
    this.#worker.once("exit", end);
    await Promise.race([waiting.value, ended.promise]);
    this.#worker.off("exit", end);
    return this.#received();
  }

  askNow(question: TemplateQuestion, ms: number): TemplateAnswer | null {
    this.#send(question);
    Atomics.wait(this.#flag, 0, 0, ms);
    return this.#received();
  }

  #send(question: TemplateQuestion): void {
    Atomics.store(this.#flag, 0, 0);
    this.#port.postMessage(question);
  }

  #received(): TemplateAnswer | null {
    return (receiveMessageOnPort(this.#port)?.message as TemplateAnswer | undefined) ?? null;
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
    this.#port.close();
  }
}
