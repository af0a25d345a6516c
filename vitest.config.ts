import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    testTimeout: 20_000,
    // Scenarios start servers and git processes: two workers fill the two cores the gate is sized for.
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: "main", include: ["test/**/*.test.ts"] } },
      {
        // Where the configuration is read from, and what workflow files are compared with, hangs on the default branch.
        extends: true,
        test: {
          name: "develop",
          include: [
            "test/scenarios/label-to-landed.test.ts",
            "test/scenarios/odd-repositories.test.ts",
            "test/scenarios/refusals.test.ts",
          ],
          env: { HOTFIX_TEST_DEFAULT_BRANCH: "develop" },
        },
      },
    ],
  },
});
