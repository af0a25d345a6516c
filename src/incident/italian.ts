import { factCommands } from "./italian/fact-commands.ts";
import { forecasts } from "./italian/forecasts.ts";
import { form, meanings } from "./italian/form.ts";
import { followUps } from "./italian/follow-ups.ts";
import { nextStep } from "./italian/next-step.ts";
import { noticed } from "./italian/noticed.ts";
import { obstacles } from "./italian/obstacles.ts";
import { problems } from "./italian/problems.ts";
import { proposals } from "./italian/proposals.ts";
import { refusals } from "./italian/refusals.ts";
import { replies } from "./italian/replies.ts";
import { timeline } from "./italian/timeline.ts";

/** Every sentence of `say` in Italian. */
export const italian = {
  ...followUps,
  ...factCommands,
  ...forecasts,
  ...form,
  ...meanings,
  ...nextStep,
  ...noticed,
  ...obstacles,
  ...problems,
  ...proposals,
  ...refusals,
  ...replies,
  ...timeline,
} as const;
