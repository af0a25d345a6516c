import { ZERO_OID } from "./hub.ts";
import type { Hub } from "./hub.ts";
import type { Repository } from "./model.ts";
import { flushPacket, packet, readPackets, sideBand } from "./pkt-line.ts";
import { RefRefused, pushRefs, updateRefs } from "./ref-updates.ts";
import type { RefAuthor, RefUpdate } from "./ref-updates.ts";

const capabilities =
  "report-status delete-refs side-band-64k quiet atomic ofs-delta object-format=sha1 agent=git/stand-in";
/** Packs of fewer objects are unpacked into loose ones, as git does. */
const UNPACK_LIMIT = 500;

interface Refusal {
  readonly ref: string;
  /** What git prints behind `! [remote rejected]`. */
  readonly reason: string;
  /** Lines that git shows as `remote: ...`. */
  readonly explanation: readonly string[];
}

/** What `git push` is told first: every ref, and what the server can do. */
export function advertiseRefs(repository: Repository): Buffer {
  const refs = [...repository.git.refs].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const lines = refs.length === 0 ? [[`capabilities^{}`, ZERO_OID] as const] : refs;
  const packets = lines.map(([name, oid], index) =>
    packet(index === 0 ? `${oid} ${name}\0${capabilities}\n` : `${oid} ${name}\n`),
  );
  return Buffer.concat([packet("# service=git-receive-pack\n"), flushPacket, ...packets, flushPacket]);
}

/**
 * Takes a push: stores the objects, then changes refs by the same rules as the API. git's own receive-pack would change
 * refs behind the back of protection, webhooks and the ref mirror.
 */
export async function receivePack(
  hub: Hub,
  repository: Repository,
  author: RefAuthor,
  body: Buffer,
): Promise<Buffer> {
  const { packets, rest } = readPackets(body);
  const { updates, options } = parseCommands(packets);
  // A client with a large pack first sends an empty request, to see whether it may.
  if (updates.length === 0) return Buffer.alloc(0);
  const problem = await storePack(repository, rest, updates);
  if (problem !== undefined) {
    return report(
      `unpack ${problem}`,
      updates,
      updates.map(({ ref }) => ({ ref, reason: "unpacker error", explanation: [] })),
    );
  }
  const refusals = options.has("atomic")
    ? await pushAtomically(hub, repository, author, updates)
    : (await pushRefs(hub, repository, author, updates)).map((refused) => refusalOf(refused));
  return report("unpack ok", updates, refusals);
}

async function pushAtomically(
  hub: Hub,
  repository: Repository,
  author: RefAuthor,
  updates: readonly RefUpdate[],
): Promise<readonly Refusal[]> {
  try {
    await updateRefs(hub, repository, author, updates);
    return [];
  } catch (error) {
    if (!(error instanceof RefRefused)) throw error;
    const culprit = refusalOf(error);
    return updates.map(({ ref }) =>
      ref === error.ref ? culprit : { ref, reason: "atomic push failure", explanation: [] },
    );
  }
}

function parseCommands(packets: readonly Buffer[]): {
  readonly updates: readonly RefUpdate[];
  readonly options: ReadonlySet<string>;
} {
  const updates: RefUpdate[] = [];
  let options: readonly string[] = [];
  for (const line of packets) {
    const [command = "", asked] = line.toString().replace(/\n$/, "").split("\0");
    if (asked !== undefined) options = asked.trim().split(" ");
    const match = /^([0-9a-f]{40}) ([0-9a-f]{40}) (.+)$/.exec(command);
    if (match === null) continue;
    const [, before = "", after = "", ref = ""] = match;
    updates.push({ ref, before, after });
  }
  return { updates, options: new Set(options) };
}

async function storePack(
  repository: Repository,
  pack: Buffer,
  updates: readonly RefUpdate[],
): Promise<string | undefined> {
  const { git } = repository;
  if (pack.subarray(0, 4).toString() === "PACK" && pack.readUInt32BE(8) > 0) {
    const args =
      pack.readUInt32BE(8) < UNPACK_LIMIT
        ? ["unpack-objects", "-q"]
        : ["index-pack", "--stdin", "--fix-thin"];
    const stored = await git.try(args, { input: pack });
    if (stored.code !== 0) return stored.stderr.trim().split("\n").at(-1) ?? "failed";
  }
  const wanted = updates.map((update) => update.after).filter((oid) => oid !== ZERO_OID);
  if (wanted.length === 0) return undefined;
  const connected = await git.try(["rev-list", "--objects", "--quiet", "--stdin", "--not", "--all"], {
    input: `${wanted.join("\n")}\n`,
  });
  return connected.code === 0 ? undefined : "missing necessary objects";
}

function refusalOf(refused: RefRefused): Refusal {
  const { ref, refusal } = refused;
  switch (refusal.reason) {
    case "rules": {
      const lines = refusal.violation.messages;
      return refusal.violation.source === "protection"
        ? {
            ref,
            reason: "protected branch hook declined",
            explanation: [
              `error: GH006: Protected branch update failed for ${ref}.`,
              ...lines.map((it) => `error: ${it}`),
            ],
          }
        : {
            ref,
            reason: "push declined due to repository rule violations",
            explanation: [
              `error: GH013: Repository rule violations found for ${ref}.`,
              "",
              ...lines.map((it) => `- ${it}`),
            ],
          };
    }
    case "workflows":
      return {
        ref,
        reason: "refusing to allow a GitHub App to create or update workflow without `workflows` permission",
        explanation: [],
      };
    case "default-branch":
      return { ref, reason: `refusing to delete the current branch: ${ref}`, explanation: [] };
    case "invalid-name":
      return { ref, reason: "funny refname", explanation: [] };
    case "exists":
    case "missing":
    case "stale":
    case "not-fast-forward":
      return { ref, reason: "failed to update ref", explanation: [] };
    case "no-such-object":
    case "not-a-commit":
      return { ref, reason: "bad pack", explanation: [] };
    case "name-conflict":
      return { ref, reason: "directory file conflict", explanation: [] };
  }
}

function report(unpack: string, updates: readonly RefUpdate[], refusals: readonly Refusal[]): Buffer {
  const byRef = new Map(refusals.map((refusal) => [refusal.ref, refusal]));
  const lines = updates.map(({ ref }) => {
    const refusal = byRef.get(ref);
    return packet(refusal === undefined ? `ok ${ref}\n` : `ng ${ref} ${refusal.reason}\n`);
  });
  const status = Buffer.concat([packet(`${unpack}\n`), ...lines, flushPacket]);
  const words = refusals.flatMap((refusal) => refusal.explanation).map((line) => `${line}\n`);
  return Buffer.concat([sideBand(2, Buffer.from(words.join(""))), sideBand(1, status), flushPacket]);
}
