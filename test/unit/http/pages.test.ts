import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pageRoutes } from "../../../src/http/pages.ts";
import { type HttpServer, startHttpServer } from "../../../src/http/server.ts";
import { createLogger } from "../../../src/logger.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

let server: HttpServer;

beforeAll(async () => {
  const log = createLogger({ level: "silent", secrets: [] });
  server = await startHttpServer({ host: "127.0.0.1", port: 0, routes: await pageRoutes(), log });
});

afterAll(() => server.stop(0));

describe("the pages that the app shows", () => {
  it("lead nowhere that the app does not answer, from wherever a check run links", async () => {
    const asked = new Set<string>();
    const dead: string[] = [];
    const todo = globSync("docs/checks/*.md", { cwd: root }).map((path) => ({
      from: "a check run",
      url: `${server.url}/${path}`,
    }));
    for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
      if (asked.has(next.url)) continue;
      asked.add(next.url);
      const answer = await fetch(next.url);
      if (answer.status !== 200) dead.push(`${next.from} -> ${next.url}`);
      const isPage = answer.ok && next.url.endsWith(".md");
      for (const link of isPage ? linksIn(await answer.text()) : []) {
        const url = new URL(link, next.url);
        url.hash = "";
        if (url.origin === server.url) todo.push({ from: next.url, url: url.href });
      }
    }
    expect(dead).toEqual([]);
    const paths = [...asked].map((url) => new URL(url).pathname);
    expect(paths).toContain("/docs/conflicts.md");
    expect(paths).toContain("/examples/husky-pre-commit");
  });

  it("are none but these: nothing else of the app's folder is shown", async () => {
    const paths = ["/package.json", "/docs/../package.json", "/docs/%2e%2e/app.yml", "/docs/", "/examples"];
    const answers = await Promise.all(paths.map((path) => fetch(`${server.url}${path}`)));
    expect(answers.map(({ status }) => status)).toEqual(paths.map(() => 404));
  });
});

/** Of Markdown outside of fences: in text, and of images. */
function linksIn(page: string): readonly string[] {
  const prose = page.replaceAll(/```[\s\S]*?```/gu, "");
  return [...prose.matchAll(/\]\(([^)\s]+)\)/gu)].map(([, link]) => link!);
}
