import { runTask } from "../../checks/evaluate.ts";
import { type Evaluation, gather } from "../../checks/evaluation.ts";
import { unchecked } from "../../checks/file-result.ts";
import { taskOf } from "../../checks/file-task.ts";
import type { RuleSet } from "../../checks/rule-set.ts";
import { MAX_FILE_BYTES, TOO_LARGE } from "./file-work.ts";
import type { StagedFile } from "./list-files.ts";

/** Reads only what a rule covers: each file costs a process. */
export function checkStaged(files: readonly StagedFile[], ruleSet: RuleSet): Evaluation {
  return gather(
    files.flatMap(({ path, mode, size, read }) => {
      const task = taskOf(path, mode, ruleSet);
      if (task === null) return [];
      return [{ path, result: size > MAX_FILE_BYTES ? unchecked(TOO_LARGE) : runTask(task, read()) }];
    }),
  );
}
