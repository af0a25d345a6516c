import type { CommitFacts, HunkFacts, LookedUpCommitFacts } from "../incident/state/commit-facts.ts";
import { readingRank } from "../incident/reading-rank.ts";
import { statusOf } from "./http-status.ts";
import type { ObservationHints } from "./observation-hints.ts";
import type { RepositoryClient } from "./repository-client.ts";

const MOST_HUNKS = 40;
const MOST_LINES = 40;
const LONGEST_LINE = 300;

/** Commits by their SHA or the beginning of one, with what they changed. Those that are not there are left out. What a commit is never changes. */
export async function readCauses(
  client: RepositoryClient,
  hints: ObservationHints,
  shas: readonly string[],
): Promise<readonly LookedUpCommitFacts[]> {
  const found = await Promise.all(shas.map((sha) => readCause(client, hints, sha)));
  return found.filter((each) => each !== null);
}

async function readCause(
  client: RepositoryClient,
  hints: ObservationHints,
  sha: string,
): Promise<LookedUpCommitFacts | null> {
  const { owner, repo } = client;
  const place = `${owner}/${repo}`.toLowerCase();
  const known = hints.causes.get(`${place}:${sha}`);
  if (known !== undefined) return known;
  try {
    const { data } = await client.octokit.rest.repos.getCommit({ owner, repo, ref: sha });
    // A branch or tag may have a name of hexadecimal digits.
    if (!data.sha.startsWith(sha)) return null;
    // A lock file alone may have more than are kept.
    const files = (data.files ?? []).toSorted(
      (one, other) => readingRank(one.filename) - readingRank(other.filename),
    );
    const hunks = files.flatMap(({ filename, patch }) => hunksOf(filename, patch ?? ""));
    const cause: LookedUpCommitFacts = {
      commit: commitOf(data),
      hunks: hunks.slice(0, MOST_HUNKS),
      moreHunks: Math.max(0, hunks.length - MOST_HUNKS),
    };
    hints.causes.set(`${place}:${data.sha}`, cause);
    return cause;
  } catch (error) {
    // 422: no commit has that name, or several begin with it.
    if ([404, 409, 422].includes(statusOf(error) ?? 0)) return null;
    throw error;
  }
}

type CommitData = Awaited<ReturnType<RepositoryClient["octokit"]["rest"]["repos"]["getCommit"]>>["data"];

function commitOf({ sha, html_url: url, author, commit, parents }: CommitData): CommitFacts {
  return {
    sha,
    tree: commit.tree.sha,
    parents: parents.map((parent) => parent.sha),
    message: commit.message,
    author:
      (author !== null && "login" in author ? author.login : undefined) ?? commit.author?.name ?? "unknown",
    committedAt: commit.committer?.date ?? commit.author?.date ?? "1970-01-01T00:00:00Z",
    url,
  };
}

/** The parts of a patch, each with its lines; long ones are cut. */
function hunksOf(path: string, patch: string): readonly HunkFacts[] {
  return patch.split(/^(?=@@ )/mu).flatMap((part): readonly HunkFacts[] => {
    const [first = "", ...lines] = part.split("\n");
    const header = /^@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@/u.exec(first)?.[0];
    if (header === undefined) return [];
    const shown = lines.filter((line) => /^[ +-]/u.test(line)).slice(0, MOST_LINES);
    return [{ path, header, lines: shown.map((line) => line.slice(0, LONGEST_LINE)) }];
  });
}
