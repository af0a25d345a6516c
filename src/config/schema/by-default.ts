import * as v from "valibot";

type Described<Schema extends v.GenericSchema> = v.SchemaWithPipe<
  readonly [Schema, v.DescriptionAction<v.InferOutput<Schema>, string>]
>;

/** A key that may be left out: `value`, which goes through the schema like a written one, holds then. */
export function byDefault<const Schema extends v.GenericSchema, const Value extends v.InferInput<Schema>>(
  schema: Schema,
  value: Value,
  description: string,
): v.OptionalSchema<Described<Schema>, Value> {
  return v.optional(v.pipe(schema, v.description(description)), value);
}
