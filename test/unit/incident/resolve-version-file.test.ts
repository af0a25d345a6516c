import { describe, expect, it } from "vitest";
import { resolveVersionFile } from "../../../src/incident/resolve-version-file.ts";

const pkg = (version: string, extra = "") =>
  `{\n  "name": "shop",\n  "version": "${version}",${extra}\n  "dependencies": {}\n}\n`;
const lock = (version: string) =>
  `{\n  "name": "shop",\n  "version": "${version}",\n  "packages": {\n    "": {\n      "version": "${version}"\n    },\n    "node_modules/a": {\n      "version": "${version}"\n    }\n  }\n}\n`;

describe("resolveVersionFile", () => {
  it("keeps the target's higher version in package.json", () => {
    expect(
      resolveVersionFile("package", { base: pkg("1.4.2"), hotfix: pkg("1.4.3"), target: pkg("1.5.0-dev.1") }),
    ).toBe(pkg("1.5.0-dev.1"));
  });

  it("takes the hotfix's version where it is the higher one", () => {
    expect(
      resolveVersionFile("package", { base: pkg("1.4.2"), hotfix: pkg("1.4.3"), target: pkg("1.4.1") }),
    ).toBe(pkg("1.4.3"));
  });

  it("keeps what else the target changed", () => {
    const target = pkg("1.5.0", '\n  "private": true,');
    expect(resolveVersionFile("package", { base: pkg("1.4.2"), hotfix: pkg("1.4.3"), target })).toBe(target);
  });

  it("leaves a hotfix that changed more than the version to people", () => {
    const hotfix = pkg("1.4.3", '\n  "private": true,');
    expect(resolveVersionFile("package", { base: pkg("1.4.2"), hotfix, target: pkg("1.5.0") })).toBeNull();
  });

  it.each(["1.x", "1.4.3; rm", "01.4.3"])("S37: does not settle a version such as %s", (version) => {
    expect(
      resolveVersionFile("package", { base: pkg("1.4.2"), hotfix: pkg(version), target: pkg("1.5.0") }),
    ).toBeNull();
  });

  it("changes both own versions of a lock file and no dependency of the same version", () => {
    const resolved = resolveVersionFile("package-lock", {
      base: lock("1.4.2"),
      hotfix: lock("1.4.2")
        .replaceAll('  "version": "1.4.2",', '  "version": "1.4.3",')
        .replace('      "version": "1.4.2"', '      "version": "1.4.3"'),
      target: lock("1.4.1"),
    });
    expect(resolved).toBe(
      lock("1.4.1")
        .replace('  "version": "1.4.1",', '  "version": "1.4.3",')
        .replace('      "version": "1.4.1"', '      "version": "1.4.3"'),
    );
  });

  const base = "# Changelog\n\n## 1.4.2\n- two\n";
  it("puts the hotfix's section below the target's higher one", () => {
    expect(
      resolveVersionFile("changelog", {
        base,
        hotfix: "# Changelog\n\n## 1.4.3\n- fix\n\n## 1.4.2\n- two\n",
        target: "# Changelog\n\n## [1.5.0]\n- new\n\n## 1.4.2\n- two\n",
      }),
    ).toBe("# Changelog\n\n## [1.5.0]\n- new\n\n## 1.4.3\n- fix\n\n## 1.4.2\n- two\n");
  });

  it("leaves a rewritten history of changes to people", () => {
    expect(
      resolveVersionFile("changelog", {
        base,
        hotfix: "# Changelog\n\n## 1.4.3\n- fix\n\n## 1.4.2\n- two, corrected\n",
        target: "# Changelog\n\n## 1.5.0\n- new\n\n## 1.4.2\n- two\n",
      }),
    ).toBeNull();
  });
});
