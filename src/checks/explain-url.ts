/**
 * Where a check is explained: `docs/checks/<page>.md` at the app's homepage. That is the app's own server, which shows these pages, or the repository
 * that holds its code. null: the homepage is neither, or nobody has put one into app.yml yet, so that no link is better than a dead one.
 */
export function explainUrl(homepage: string | undefined, page: string, repositoryUrl: string): string | null {
  const address = homepage === undefined ? null : URL.parse(homepage);
  if (address === null || !["https:", "http:"].includes(address.protocol) || address.username !== "")
    return null;
  if (NOBODYS.test(address.hostname)) return null;
  const parts = address.pathname.split("/").filter((part) => part !== "");
  // The page that GitHub gives every app.
  if (parts[0] === "apps" || parts[0] === "github-apps") return null;
  const isRepository = parts.length === 2 && address.origin === URL.parse(repositoryUrl)?.origin;
  const path = [...parts, ...(isRepository ? ["blob", "HEAD"] : []), "docs", "checks", `${page}.md`];
  return new URL(`/${path.join("/")}`, address).href.replace(
    /[()<>[\]|\\`'"*_~$]/gu,
    (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Hosts that are kept for examples: nothing ever answers there. */
const NOBODYS = /(?:^|\.)(?:example\.(?:com|net|org)|example|invalid)$/u;
