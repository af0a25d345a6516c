import { expect, it } from "vitest";
import { loadTemplates } from "../../src/config/load-templates.ts";
import { createRenderer } from "../../src/documents/create-renderer.ts";
import { blobId } from "../../src/github/read-blobs.ts";
import { readReports } from "../../src/github/read-reports.ts";
import { INDEX_NAME } from "../../src/incident/names.ts";
import { checkoutLanded } from "../support/facts-builder.ts";
import { scriptedGitHub } from "../support/scripted-github.ts";

it("reads the reports of a folder in batches, so that no answer has all of them", async () => {
  const github = scriptedGitHub();
  const report = createRenderer(await loadTemplates()).document(checkoutLanded(), "incident-report");
  const reports = Array.from({ length: 400 }, (_, number) => `${report}\n${number}\n`);
  const files = new Map([
    [INDEX_NAME, "# Incidents\n"],
    ...reports.map((text, number) => [`A-${number}.md`, text] as const),
    ["notes.md", "no report"],
  ]);
  const blobs = [...files].map(([name, text]) => ({
    name,
    text,
    object: { __typename: "Blob", oid: blobId(Buffer.from(text)), byteSize: Buffer.byteLength(text) },
  }));
  const huge = { name: "huge.md", object: { __typename: "Blob", oid: "f".repeat(40), byteSize: 50_000_000 } };
  const entries = [...blobs.map(({ name, object }) => ({ name, object })), huge];
  github.onGraphql("QUERY Reports", { repository: { folder: { entries } } });
  const weights: number[] = [];
  for (let from = 0; from < blobs.length; ) {
    let weight = 0;
    const batch = blobs.slice(from).filter(({ object }, index) => {
      weight += object.byteSize;
      return index < 350 && weight <= 3_000_000;
    });
    from += batch.length;
    weights.push(batch.length);
    github.onGraphql("QUERY BlobTexts", {
      repository: Object.fromEntries(
        batch.map(({ text }, index) => [`blob${index}`, { isBinary: false, text }]),
      ),
    });
  }
  const { incidents, index } = await readReports(github.client, "develop", "incidents");
  expect(incidents).toHaveLength(400);
  expect(index).toBe("# Incidents\n");
  expect(weights.length).toBeGreaterThan(1);
  expect(Math.max(...weights)).toBeLessThanOrEqual(350);
  github.finish();
});

it("no index is null, and one that is no text is none that may be written", async () => {
  const github = scriptedGitHub();
  const text = "a\0b";
  const object = { __typename: "Blob", oid: blobId(Buffer.from(text)), byteSize: 3 };
  github.onGraphql("QUERY Reports", { repository: { folder: { entries: [] } } });
  github.onGraphql("QUERY Reports", { repository: { folder: { entries: [{ name: INDEX_NAME, object }] } } });
  github.onGraphql("QUERY BlobTexts", { repository: { blob0: { isBinary: false, text } } });
  expect(await readReports(github.client, "develop", "incidents")).toEqual({ incidents: [], index: null });
  expect(await readReports(github.client, "develop", "incidents")).toEqual({
    incidents: [],
    index: undefined,
  });
  github.finish();
});
