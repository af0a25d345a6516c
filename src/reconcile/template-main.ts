import { type MessagePort, workerData } from "node:worker_threads";
import type { Config } from "../config/schema.ts";
import { TemplateError } from "../documents/compile-templates.ts";
import { createRenderer } from "../documents/create-renderer.ts";
import type { Renderer } from "../documents/renderer.ts";
import { tryTemplates } from "../documents/try-templates.ts";

type Templates = Readonly<Record<string, string>>;

export type TemplateQuestion =
  | { readonly kind: "ping" }
  | { readonly kind: "try"; readonly own: Templates; readonly locale: Config["locale"] }
  | {
      readonly kind: "render";
      readonly own: Templates;
      readonly locale: Config["locale"];
      readonly method: keyof Renderer;
      readonly words: readonly unknown[];
    };

export interface TemplateAnswer {
  /** By template, of those that were tried. */
  readonly broken?: Readonly<Record<string, string>>;
  readonly text?: unknown;
  readonly error?: string;
  /** Which one failed, where that is known. */
  readonly template?: string;
}

/** Beyond every document; GitHub would refuse it anyway. */
const MOST_CHARACTERS = 2_000_000;

const { port, flag, builtIn } = workerData as {
  readonly port: MessagePort;
  readonly flag: Int32Array<SharedArrayBuffer>;
  readonly builtIn: Templates;
};
let last: { readonly key: string; readonly renderer: Renderer } | null = null;

port.on("message", (question: TemplateQuestion) => {
  port.postMessage(answerTo(question));
  Atomics.store(flag, 0, 1);
  Atomics.notify(flag, 0);
});

function answerTo(question: TemplateQuestion): TemplateAnswer {
  if (question.kind === "ping") return {};
  if (question.kind === "try") {
    return { broken: tryTemplates(builtIn, question.own, question.locale) };
  }
  try {
    const method = rendererOf(question.own, question.locale)[question.method] as (
      ...all: unknown[]
    ) => unknown;
    const text = method(...question.words);
    const length = JSON.stringify(text)?.length ?? 0;
    return length > MOST_CHARACTERS ? { error: "it gives too long a text" } : { text };
  } catch (error) {
    if (error instanceof TemplateError) return { error: error.sentence, template: error.template };
    throw error;
  }
}

function rendererOf(own: Templates, locale: Config["locale"]): Renderer {
  const key = JSON.stringify([locale, Object.entries(own)]);
  if (last?.key !== key) last = { key, renderer: createRenderer(builtIn, locale, own) };
  return last.renderer;
}
