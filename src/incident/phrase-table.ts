/** The names in a phrase. */
export type NamesIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;

/** A table of one language: each phrase holds the same names as its key. */
type TableOf<Table> = {
  readonly [Text in keyof Table]: Text extends string
    ? Table[Text] extends string
      ? [NamesIn<Text>] extends [NamesIn<Table[Text]>]
        ? [NamesIn<Table[Text]>] extends [NamesIn<Text>]
          ? Table[Text]
          : never
        : never
      : never
    : never;
};

/** Gives back the table as it is; one whose names differ from those of its keys does not compile. */
export function phraseTable<const Table extends Readonly<Record<string, string>>>(
  entries: TableOf<Table> & Table,
): Table {
  return entries;
}
