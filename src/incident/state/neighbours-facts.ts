import type { IssueEventFacts } from "./issue-facts.ts";

export interface NeighboursFacts {
  /** With the incident label, open or closed, and changed since shortly before this one was declared; in the order in which they were created. */
  readonly incidents: readonly NeighbourFacts[];
  /** How many more of them there are that were not read. */
  readonly unread: number;
}

export interface NeighbourFacts {
  readonly number: number;
  readonly isOpen: boolean;
  readonly labels: readonly string[];
  readonly body: string;
  /** Its newest label events, oldest first. */
  readonly labellings: readonly Extract<IssueEventFacts, { readonly label: string }>[];
  /** It has a hotfix branch. */
  readonly hasBegun: boolean;
}
