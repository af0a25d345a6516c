import * as v from "valibot";

/** `path` is of the key that has to change, from the map that the rule is about; `why` what is said of its value. */
export type Refuse = (path: readonly string[], why: string) => void;

/** Rules between the keys of a map, asked where each of them is of the right type. */
export function refine<Map extends object>(rules: (map: Map, refuse: Refuse) => void): v.RawCheckAction<Map> {
  return v.rawCheck<Map>(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const map = dataset.value;
    rules(map, (path, message) => {
      const [first, ...rest] = path.map((key) => pathItem(map, key));
      addIssue({ message, ...(first !== undefined && { path: [first, ...rest] }) });
    });
  });
}

function pathItem(input: unknown, key: string): v.UnknownPathItem {
  return { type: "unknown", origin: "value", input, key, value: undefined };
}
