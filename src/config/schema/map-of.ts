import * as v from "valibot";
import { isMapping } from "../read-yaml.ts";

/** Type of the issue about a key that the map does not have. */
export const UNKNOWN_KEY = "unknown_key";

/**
 * A map with these keys and no others. Unlike the library's own it tells of every other key and not only of the first, takes no list for a map,
 * and lets rules between the known keys be asked beside an unknown one.
 */
export function mapOf<const Entries extends v.ObjectEntries>(
  entries: Entries,
): v.StrictObjectSchema<Entries, undefined> {
  const known = v.object(entries);
  return {
    ...v.strictObject(entries),
    "~run"(dataset, config) {
      const input = dataset.value;
      if (!isMapping(input)) {
        v._addIssue(this, "type", dataset, config);
        return dataset as never;
      }
      const result = known["~run"](dataset, config) as v.OutputDataset<never, v.BaseIssue<unknown>>;
      for (const key of Object.keys(input)) {
        if (Object.hasOwn(entries, key)) continue;
        const issue = unknownKey(input, key);
        if (result.issues === undefined) Object.assign(result, { issues: [issue] });
        else result.issues.push(issue);
      }
      return result;
    },
  };
}

function unknownKey(input: Record<string, unknown>, key: string): v.BaseIssue<unknown> {
  return {
    kind: "validation",
    type: UNKNOWN_KEY,
    input: key,
    expected: "never",
    received: "a key",
    message: "is not a key",
    path: [{ type: "object", origin: "key", input, key, value: input[key] }],
  };
}
