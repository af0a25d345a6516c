import { check } from "./check.ts";
import { checkPush } from "./check-push.ts";
import { documents } from "./documents.ts";
import { labelToReady } from "./label-to-ready.ts";
import { longIncident } from "./long-incident.ts";
import { mergeToRelease } from "./merge-to-release.ts";
import { quietIncident } from "./quiet-incident.ts";
import { webhookAnswer } from "./webhook-answer.ts";

const benches: Readonly<Record<string, () => Promise<boolean>>> = {
  check,
  "check-push": checkPush,
  documents,
  "label-to-ready": labelToReady,
  "long-incident": longIncident,
  "merge-to-release": mergeToRelease,
  "quiet-incident": quietIncident,
  "webhook-answer": webhookAnswer,
};

const wanted = process.argv.slice(2);
let allWithin = true;
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n== ${name}`);
  allWithin = (await bench()) && allWithin;
}
process.exitCode = allWithin ? 0 : 1;
