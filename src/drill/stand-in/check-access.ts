import { forbidden, unauthorized } from "./api-error.ts";
import type { Viewer } from "./model/viewer.ts";

/** @throws {ApiError} where the route is not for this kind of caller */
export function checkAccess(access: "app" | "installation" | "token" | "any", viewer: Viewer): void {
  switch (access) {
    case "any":
      return;
    case "app":
      if (viewer.kind !== "app") throw unauthorized("A JSON web token could not be decoded");
      return;
    case "installation":
      if (viewer.kind === "installation") return;
      if (viewer.kind === "anonymous") throw unauthorized("Requires authentication");
      throw forbidden(
        "You must authenticate with an installation access token in order to list repositories for an installation.",
      );
    case "token":
      if (viewer.kind === "anonymous" || viewer.kind === "app") throw unauthorized("Requires authentication");
  }
}
