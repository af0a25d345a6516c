import { parentPort } from "node:worker_threads";
import { type FileWork, workThrough } from "./file-work.ts";

/** Entry of the helper thread: one piece of work, one answer. */
parentPort?.once("message", (work: FileWork) => {
  void workThrough(work).then((checked) => parentPort?.postMessage(checked));
});
