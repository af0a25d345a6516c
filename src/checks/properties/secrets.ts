import { lintSource } from "@secretlint/core";
import { creator } from "@secretlint/secretlint-rule-preset-recommend";
import { type Change, writtenLines } from "../change-list.ts";
import type { SecretHit } from "./scope.ts";

/** Characters of one file. A hotfix that writes more is too large anyway. */
const MAX_CHARACTERS = 500_000;

/** Secrets in the lines that the change wrote, and a sentence for each file that is too long to look for them. */
export async function secretsIn(
  changes: readonly Change[],
): Promise<{ readonly secrets: readonly SecretHit[]; readonly limits: readonly string[] }> {
  const secrets: SecretHit[] = [];
  const limits: string[] = [];
  for (const change of changes) {
    const written = writtenLines(change);
    const content = written.map(({ text }) => text).join("\n");
    if (content.length > MAX_CHARACTERS) {
      limits.push(`${change.path}: too long to look for secrets.`);
      continue;
    }
    const { messages } = await lintSource({
      source: {
        filePath: change.path,
        content: withoutSwitches(content),
        ext: extensionOf(change.path),
        contentType: "text",
      },
      options: { config: CONFIGURATION, maskSecrets: true, noPhysicFilePath: true },
    });
    for (const { loc, messageId } of messages) {
      const line = written[loc.start.line - 1]?.line ?? 1;
      secrets.push({ path: change.path, line, what: wordsOf(messageId) });
    }
  }
  return { secrets, limits };
}

const CONFIGURATION = {
  rules: [{ id: "@secretlint/secretlint-rule-preset-recommend", rule: creator, options: {} }],
};

/** Comments such as `secretlint-disable` are not obeyed: what is pushed does not switch its own check off. Every character stays in its place. */
function withoutSwitches(content: string): string {
  return content.replaceAll(/secretlint-/giu, "secretlint ");
}

/** `aws secret access key` of `AWSSecretAccessKey`, `github token` of `GITHUB_TOKEN`. */
function wordsOf(id: string): string {
  return id
    .replace(/([a-z\d])([A-Z])/gu, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/gu, "$1 $2")
    .replaceAll("_", " ")
    .toLowerCase();
}

function extensionOf(path: string): string {
  return /\.[^./]+$/u.exec(path)?.[0] ?? "";
}
