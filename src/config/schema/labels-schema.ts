import * as v from "valibot";
import { byDefault } from "./by-default.ts";
import { label } from "./label.ts";
import { mapOf } from "./map-of.ts";
import { refine } from "./refine.ts";

export const labelsSchema = v.pipe(
  mapOf({
    incident: byDefault(label, "incident", "Label that declares an incident"),
    followUp: byDefault(
      label,
      "incident-follow-up",
      "Label of the issues that the app opens for action items; made where it is missing",
    ),
  }),
  refine(({ incident, followUp }, refuse) => {
    if (followUp.toLowerCase() !== incident.toLowerCase()) return;
    refuse(["followUp"], "must differ from labels.incident, because every follow-up would be an incident");
  }),
);
