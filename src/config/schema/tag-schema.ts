import * as v from "valibot";
import { byDefault } from "./by-default.ts";
import { mapOf } from "./map-of.ts";

const format = v.pipe(
  v.string(),
  v.maxCodePoints(100),
  v.regex(
    /^(?!.*(?:\.\.|\/\/|\/\.|\.lock\/|\.\/))(?:[A-Za-z0-9][A-Za-z0-9._/-]*)?\{\{version\}\}$/u,
    "must end in {{version}}, such as v{{version}}",
  ),
);

const version = v.pipe(
  v.string(),
  v.regex(/^(?:0|[1-9]\d{0,8})\.(?:0|[1-9]\d{0,8})\.(?:0|[1-9]\d{0,8})$/u, "must be a version such as 1.0.0"),
);

export const tagSchema = mapOf({
  format: byDefault(format, "v{{version}}", "Name of the tag of a version"),
  first: byDefault(version, "0.0.1", "The first version where no tag exists yet"),
});
