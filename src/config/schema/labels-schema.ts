import { label } from "./label.ts";
import { z } from "./zod.ts";

export const labelsSchema = z
  .strictObject({
    incident: label.default("incident").describe("Label that declares an incident"),
    followUp: label
      .default("incident-follow-up")
      .describe("Label of the issues that the app opens for action items; made where it is missing"),
  })
  .refine((labels) => labels.followUp.toLowerCase() !== labels.incident.toLowerCase(), {
    path: ["followUp"],
    error: "must differ from labels.incident, because every follow-up would be an incident",
  });
