import { statusOf } from "./http-status.ts";
import { GraphqlFailure, isForbidden } from "./run-graphql.ts";

/** Whether GitHub said that the installation may not do or see it. */
export function isAccessRefused(error: unknown): boolean {
  return statusOf(error) === 403 || (error instanceof GraphqlFailure && error.errors.some(isForbidden));
}
