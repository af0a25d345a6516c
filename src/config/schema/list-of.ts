import * as v from "valibot";

type List<Item extends v.GenericSchema> = v.SchemaWithPipe<
  readonly [v.ArraySchema<Item, undefined>, v.MaxLengthAction<v.InferOutput<Item>[], number, string>]
>;

/** A list of at most `limit` entries. Of a longer one that is told and nothing else: nobody looks at its entries. */
export function listOf<const Item extends v.GenericSchema>(item: Item, limit: number): List<Item> {
  const atMost = v.maxLength<v.InferOutput<Item>[], number, string>(
    limit,
    `must have at most ${limit} entries`,
  );
  const list = v.pipe(v.array(item), atMost);
  return {
    ...list,
    "~run"(dataset, config) {
      const { value } = dataset;
      if (!Array.isArray(value) || value.length <= limit) return list["~run"](dataset, config);
      return { ...atMost["~run"]({ typed: true, value }, config), typed: false } as never;
    },
  };
}
