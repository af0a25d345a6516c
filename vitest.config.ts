import { defineConfig } from "vitest/config";

/** Long nights: what people and GitHub do to an incident. Run by `npm run test:nights` and by the gate, apart from the quick tests. */
const nights = [
  "adopted-branches",
  "bad-input",
  "bad-night",
  "check-decisions",
  "check-properties",
  "commands",
  "conflicts",
  "crash-app",
  "crash-check",
  "courtesy-*",
  "fact-commands",
  "follow-ups",
  "guard",
  "label-storm",
  "long-incident",
  "many-incidents",
  "merge-queue",
  "odd-repositories",
  "proposals",
  "public-repositories",
  "refusals",
  "release-lines",
  "rounds",
  "tags",
]
  .map(scenario)
  .concat("test/github/long-incident.test.ts");

/** Those in which the default branch plays a part: configuration, closing keywords, workflow files, where commits land. */
const developNights = [
  "conflicts",
  "courtesy-issues",
  "courtesy-landing",
  "public-repositories",
  "refusals",
  "release-lines",
  "rounds",
  "tags",
].map(scenario);

export default defineConfig({
  test: {
    // Far beyond what anything takes: they end what hangs, and say nothing of a machine that is busy with something else.
    testTimeout: 120_000,
    hookTimeout: 60_000,
    // Scenarios start servers and git processes: two workers fill the two cores the gate is sized for.
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: "main", include: ["test/**/*.test.ts"], exclude: nights } },
      {
        // Where the configuration is read from, and what workflow files are compared with, hangs on the default branch.
        extends: true,
        test: {
          name: "develop",
          include: ["test/scenarios/label-to-landed.test.ts"],
          env: { HOTFIX_TEST_DEFAULT_BRANCH: "develop" },
        },
      },
      { extends: true, test: { name: "nights", include: nights } },
      {
        extends: true,
        test: {
          name: "develop-nights",
          include: developNights,
          env: { HOTFIX_TEST_DEFAULT_BRANCH: "develop" },
        },
      },
    ],
  },
});

function scenario(name: string): string {
  return `test/scenarios/${name}.test.ts`;
}
