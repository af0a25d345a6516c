import { stringify } from "yaml";
import type { FullFrontMatter } from "../../config/front-matter-schema.ts";
import { medianOf } from "../../incident/medians.ts";
import { pathInUrl } from "../../incident/path-in-url.ts";
import { inline, link, numberLink, type SafeMarkdown } from "../markdown.ts";

/** More a new incident is not compared with. */
const MOST_REMEMBERED = 200;

/** What the index is made of: the data on top of the incident reports that are committed, and where they are. */
export interface IncidentIndex {
  readonly repositoryUrl: string;
  readonly branch: string;
  /** Folder of the reports. */
  readonly folder: string;
  readonly incidents: readonly FullFrontMatter[];
  /** Money may not be shown in a public repository, and names of services may. */
  readonly showMoney: boolean;
}

export interface IndexView {
  readonly rows: readonly IndexRow[];
  readonly showMoney: boolean;
  readonly count: number;
  /** Milliseconds, of the incidents whose release was seen; null: none was. */
  readonly median: number | null;
  readonly missed: number;
  readonly losses: readonly { readonly currency: string; readonly loss: number }[];
  /** By the day on which they are due: what is overdue stands first, and nothing changes when a day passes. */
  readonly openActions: readonly OpenAction[];
}

interface OpenAction {
  readonly due: string;
  readonly what: string;
  readonly type: string;
  readonly owner: SafeMarkdown | null;
  readonly issue: SafeMarkdown | null;
  readonly incident: SafeMarkdown;
}

interface IndexRow {
  readonly incident: SafeMarkdown;
  readonly title: string;
  readonly declared: string;
  readonly severity: string;
  readonly service: string | null;
  readonly total: number | null;
  readonly met: boolean | null;
  readonly loss: { readonly currency: string; readonly amount: number } | null;
  readonly retrospectiveDue: string | null;
}

/** Newest first. */
export function indexView(index: IncidentIndex): IndexView {
  const incidents = index.incidents.toSorted(
    (one, other) => declaredAt(other) - declaredAt(one) || other.issue - one.issue,
  );
  const totals = incidents.flatMap(({ seconds: { declared_to_released: total } }) =>
    total === null ? [] : [total],
  );
  return {
    rows: incidents.map((incident) => rowOf(index, incident)),
    showMoney: index.showMoney,
    count: incidents.length,
    median: totals.length === 0 ? null : medianOf(totals) * 1000,
    missed: incidents.filter(({ sla }) => sla.met === false).length,
    losses: lossesOf(incidents),
    openActions: incidents
      .flatMap((incident) => openActionsOf(index, incident))
      .toSorted((one, other) => (one.due < other.due ? -1 : one.due > other.due ? 1 : 0)),
  };
}

function openActionsOf(index: IncidentIndex, incident: FullFrontMatter): readonly OpenAction[] {
  const { repositoryUrl } = index;
  return incident.actions
    .filter(({ state }) => state === "open")
    .map(({ issue, what, type, due, owner }) => ({
      due,
      what,
      type,
      owner: owner === null ? null : inline(owner),
      issue: issue === null ? null : numberLink(issue, `${repositoryUrl}/issues/${issue}`, repositoryUrl),
      incident: reportLink(index, incident),
    }));
}

/** What tools, and the app when the next incident is declared, read of the index. */
export function indexFrontMatter(index: IncidentIndex): string {
  const services = index.incidents
    .toSorted((one, other) => declaredAt(other) - declaredAt(one) || other.issue - one.issue)
    .map(({ service, incident, issue, times, actions, seconds }) => {
      const open = actions.flatMap((each) =>
        each.state === "open" && each.issue !== null ? [{ issue: each.issue, due: each.due }] : [],
      );
      const { to_acknowledge, to_fix, to_review, to_release, to_land, declared_to_released } = seconds;
      const told = { to_acknowledge, to_fix, to_review, to_release, to_land, declared_to_released };
      return { service, incident, issue, declared: times.declared, open, seconds: told };
    })
    .slice(0, MOST_REMEMBERED);
  const data = { schema: "hotfix-responder/index/1", incidents: index.incidents.length, services };
  return stringify(data, { lineWidth: 0, compat: "yaml-1.1" });
}

function reportLink({ repositoryUrl, branch, folder }: IncidentIndex, { incident }: FullFrontMatter) {
  const place = [branch, ...folder.split("/").filter(Boolean), `${incident}.md`].join("/");
  const url = `${repositoryUrl}/blob/${pathInUrl(place)}`;
  return link(incident, url, repositoryUrl);
}

function rowOf(index: IncidentIndex, incident: FullFrontMatter): IndexRow {
  const { impact, seconds } = incident;
  return {
    incident: reportLink(index, incident),
    title: incident.title,
    declared: incident.times.declared ?? "",
    severity: incident.severity,
    service: incident.service,
    total: seconds.declared_to_released === null ? null : seconds.declared_to_released * 1000,
    met: incident.sla.met,
    loss: impact?.loss == null ? null : { currency: impact.currency, amount: impact.loss },
    retrospectiveDue: incident.retrospective_due,
  };
}

function declaredAt({ times }: FullFrontMatter): number {
  return times.declared === null ? 0 : Date.parse(times.declared);
}

/** Never added up across currencies. */
function lossesOf(incidents: readonly FullFrontMatter[]): IndexView["losses"] {
  const sums = new Map<string, number>();
  for (const { impact } of incidents) {
    if (impact?.loss == null) continue;
    sums.set(impact.currency, (sums.get(impact.currency) ?? 0) + impact.loss);
  }
  return [...sums]
    .map(([currency, loss]) => ({ currency, loss }))
    .sort((one, other) => (one.currency < other.currency ? -1 : 1));
}
