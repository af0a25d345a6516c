import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 20_000,
    // Scenarios start servers and git processes: two workers fill the two cores the gate is sized for.
    maxWorkers: 2,
  },
});
