export interface Actor {
  /** `ghost` when the account is gone. */
  readonly login: string;
  readonly kind: "user" | "bot" | "ghost";
}

/** Login of an account that is gone, or of somebody of whom no record is left. */
export const GHOST = "ghost";
