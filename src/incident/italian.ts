import { nextStep } from "./italian/next-step.ts";
import { noticed } from "./italian/noticed.ts";
import { problems } from "./italian/problems.ts";
import { replies } from "./italian/replies.ts";
import { timeline } from "./italian/timeline.ts";

/** Every sentence of `say` in Italian. */
export const italian = { ...nextStep, ...noticed, ...problems, ...replies, ...timeline } as const;
