import type { FullFrontMatter } from "../../config/front-matter-schema.ts";
import type { SafeMarkdown } from "../markdown.ts";
import { link } from "../markdown.ts";

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
  };
}

function rowOf({ repositoryUrl, branch, folder }: IncidentIndex, incident: FullFrontMatter): IndexRow {
  const { impact, seconds } = incident;
  const place = [...branch.split("/"), ...folder.split("/").filter(Boolean), `${incident.incident}.md`];
  const url = `${repositoryUrl}/blob/${place.map(encodeURIComponent).join("/")}`;
  return {
    incident: link(incident.incident, url, repositoryUrl),
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

/** The middle one, or the mean of both. */
function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
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
