/** Check run on the head of a hotfix that says what merging it into each target would give. Advice: nobody can require it by mistake. */
export const FORECAST_CHECK = "hotfix/back-merge (advice)";
