import { parse, type SgNode } from "@ast-grep/napi";

/** What a function, method or exported arrow of that name does; null: there is none. */
export function functionBody(
  path: string,
  text: string,
  name: "up" | "down",
): "nothing" | "something" | null {
  const root = parse(/\.[cm]?ts$/u.test(path) ? "TypeScript" : "JavaScript", text).root();
  const names = root.findAll({
    rule: { any: [{ kind: "property_identifier" }, { kind: "identifier" }], regex: `^${name}$` },
  });
  const bodies = names.slice(0, MOST_NAMED).flatMap((node) => bodyNamedBy(node) ?? []);
  if (bodies.length === 0) return null;
  return bodies.some(doesSomething) ? "something" : "nothing";
}

/** One in the other, each would be searched with all that is in it. */
const MOST_NAMED = 200;

/** The function that a name is given to: declaration, method, `up: ...`, `exports.up = ...`, `const up = ...`. */
function bodyNamedBy(node: SgNode): SgNode | null {
  const parent = node.parent();
  switch (parent?.kind()) {
    case "function_declaration":
    case "method_definition":
      return parent.field("body");
    case "pair":
    case "variable_declarator":
    case "public_field_definition":
    case "field_definition":
      return parent.field("value");
    case "member_expression": {
      const assignment = parent.parent();
      return assignment?.kind() === "assignment_expression" && assignment.field("left")?.id() === parent.id()
        ? assignment.field("right")
        : null;
    }
    default:
      return null;
  }
}

const NOTHING = /^return(?:\s+(?:Promise\.resolve\(\)|null|undefined))?;?$/u;

/** Functions in functions: the text of each, with all that is in it, would be the square of the file. */
function isShort(node: SgNode): boolean {
  const { start, end } = node.range();
  return end.index - start.index <= 100;
}

function doesSomething(body: SgNode): boolean {
  const block = body.is("statement_block")
    ? body
    : (body.find({ rule: { kind: "statement_block" } }) ?? body);
  if (!block.is("statement_block")) return true;
  return block
    .namedChildren()
    .some(
      (statement) =>
        !statement.is("comment") &&
        !(isShort(statement) && NOTHING.test(statement.text())) &&
        !statement.is("throw_statement"),
    );
}
