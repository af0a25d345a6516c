import type { Hub } from "../hub.ts";
import { unauthorized } from "../api-error.ts";
import type { JsonObject } from "../router.ts";
import { runGraphql } from "./run-graphql.ts";
import { mutationFields } from "./mutations.ts";
import { queryFields } from "./query.ts";

/** `POST /graphql`: queries and mutations over the same state as REST. */
export function registerGraphql(hub: Hub): void {
  hub.router.plain({
    method: "POST",
    path: "/graphql",
    access: "any",
    createsContent: false,
    docs: "https://docs.github.com/graphql",
    handler: async (context) => {
      if (context.viewer.kind === "anonymous" || context.viewer.kind === "app") {
        throw unauthorized("This endpoint requires you to be authenticated.");
      }
      const { query, variables, operationName } = context.body;
      const body = await runGraphql(
        hub,
        { ...queryFields(context), ...mutationFields(context) },
        {
          query: typeof query === "string" ? query : "",
          variables: typeof variables === "object" && variables !== null ? (variables as JsonObject) : {},
          operationName: typeof operationName === "string" ? operationName : null,
        },
      );
      return { status: 200, body };
    },
  });
}
