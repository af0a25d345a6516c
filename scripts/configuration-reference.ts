import { allowedBy } from "../src/config/explain.ts";
import { jsonSchema, type JsonSchema, resolved } from "../src/config/json-schema.ts";

const SECTION = /(<!-- keys -->\n)[\s\S]*(<!-- \/keys -->)/u;

/** The text of `docs/configuration.md` with the table of all keys as they are now. */
export function withReference(guide: string): string {
  if (!SECTION.test(guide)) throw new Error("docs/configuration.md has no <!-- keys --> section");
  return guide.replace(SECTION, (_, start: string, end: string) => `${start}\n${referenceTable()}\n${end}`);
}

/** GitHub Flavored Markdown. */
function referenceTable(): string {
  const rows = rowsOf(jsonSchema(), "", new Set());
  return ["| key | default | allowed | meaning |", "| --- | --- | --- | --- |", ...rows, ""].join("\n");
}

function rowsOf(schema: JsonSchema, path: string, required: ReadonlySet<string>): string[] {
  const { properties, additionalProperties: others, items } = schema;
  if (properties !== undefined) {
    return Object.entries(properties).flatMap(([key, member]) =>
      rowsOf(
        member,
        path === "" ? key : `${path}.${key}`,
        new Set((schema.required ?? []).map((name) => `${path}.${name}`)),
      ),
    );
  }
  if (typeof others === "object")
    return [row(schema, path, required), ...rowsOf(others, `${path}.<name>`, required)];
  if (items?.type === "object") return [row(schema, path, required), ...rowsOf(items, `${path}[]`, required)];
  return [row(schema, path, required)];
}

function row(schema: JsonSchema, path: string, required: ReadonlySet<string>): string {
  const cells = [
    `\`${path}\``,
    required.has(path) ? "(required)" : defaultOf(schema),
    // What may contain itself is one row.
    allowedBy(resolved(schema)),
    schema.description ?? "",
  ];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

function defaultOf(schema: JsonSchema): string {
  const value = schema.default;
  if (value === undefined) return "";
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    const names = Object.keys(value);
    return names.length === 0 ? "none" : names.map((name) => `\`${name}\``).join(", ");
  }
  return Array.isArray(value) && value.length === 0 ? "none" : `\`${JSON.stringify(value)}\``;
}
