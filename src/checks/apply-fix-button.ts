/** What the button of the check run is called in the webhook that a click sends. */
export const APPLY_FIX = "apply-fix";
