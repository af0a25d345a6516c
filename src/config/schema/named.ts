import * as v from "valibot";
import { isMapping } from "../read-yaml.ts";

/**
 * A map whose keys are names that a person chose. Unlike the library's own it knows a thing called `constructor` where the file has one, and,
 * because names come from issues too, no look-up of that name finds anything where it has none.
 */
export function named<const Name extends v.GenericSchema<string>, const Value extends v.GenericSchema>(
  name: Name,
  value: Value,
): v.RecordSchema<Name, Value, undefined> {
  return {
    ...v.record(name, value),
    "~run"(dataset, config) {
      const input = dataset.value;
      if (!isMapping(input)) {
        v._addIssue(this, "type", dataset, config);
        return dataset as never;
      }
      const output = Object.create(null) as Record<string, unknown>;
      const issues: v.BaseIssue<unknown>[] = [];
      let typed = true;
      for (const [key, entry] of Object.entries(input)) {
        const nameIssues = name["~run"]({ value: key }, config).issues;
        const item = { type: "object", input, key, value: entry } as const;
        if (nameIssues !== undefined) {
          typed = false;
          issues.push({ ...nameIssues[0], path: [{ ...item, origin: "key" }] });
          continue;
        }
        const result = value["~run"]({ value: entry }, config);
        for (const issue of result.issues ?? []) {
          issues.push({ ...issue, path: [{ ...item, origin: "value" }, ...(issue.path ?? [])] });
        }
        typed &&= result.typed;
        output[key] = result.value;
      }
      return { typed, value: output, ...(issues.length > 0 && { issues }) } as v.OutputDataset<never, never>;
    },
  };
}
