import Table from 'cli-table3';
import { type CallSite, nameOf } from './call-site.ts';
import { applies, KIND_NAMES, type Kind } from './kinds.ts';
import { scenarioOf } from './scenarios.ts';
import type { Verdict } from './sweep.ts';

const MARK = { held: 'held', broken: 'BROKEN', missing: 'MISSING', none: '–' } as const;

/** The matrix of one act as text: call sites by kinds. A kind that doesn't exist at a site is a dash. */
export function matrix(sites: readonly CallSite[], verdicts: readonly Verdict[]): string {
  const table = new Table({ head: ['call', ...KIND_NAMES], style: { head: [], border: [], compact: true } });
  for (const site of sites) {
    const name = nameOf(site);
    const row = verdicts.filter((verdict) => nameOf(verdict.site) === name);
    if (row.length > 0) table.push([name, ...KIND_NAMES.map((kind) => mark(row, { site, kind }))]);
  }
  return table.toString();
}

function mark(row: readonly Verdict[], { site, kind }: { site: CallSite; kind: Kind }): string {
  const verdict = row.find((one) => one.kind === kind);
  if (verdict) return MARK[verdict.verdict];
  return applies(kind, site) ? '' : '–';
}

/** "1,204 cells: 1,204 held, 0 broken, 0 missing; in 12 that held the operation did not end as asked for and was gone on with" */
export function summary(verdicts: readonly Verdict[]): string {
  const count = (of: Verdict['verdict']): string =>
    verdicts.filter(({ verdict }) => verdict === of).length.toLocaleString('en');
  const again = verdicts.filter(
    ({ verdict, first, scenario, act }) => verdict === 'held' && first !== scenarioOf(scenario).acts[act]?.ends,
  ).length;
  const cells = verdicts.filter(({ verdict }) => verdict !== 'none').length.toLocaleString('en');
  return `${cells} cells: ${count('held')} held, ${count('broken')} broken, ${count('missing')} missing; in ${again} that held the operation did not end as asked for, and did when it was gone on with`;
}
