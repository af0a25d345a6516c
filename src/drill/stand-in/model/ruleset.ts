export interface Ruleset {
  readonly id: number;
  readonly nodeId: string;
  readonly name: string;
  readonly target: "branch" | "tag";
  readonly enforcement: "active" | "disabled" | "evaluate";
  /** fnmatch patterns over full ref names, `~DEFAULT_BRANCH` and `~ALL`. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly bypassApps: readonly number[];
  readonly rules: readonly RulesetRule[];
  readonly createdAt: Date;
}

export interface RulesetRule {
  /** `creation`, `update`, `deletion`, `non_fast_forward`, `pull_request`, `required_status_checks`, `merge_queue`, ... */
  readonly type: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
}
