import { PHASES, type Phase } from '../domain/changes/change.ts';
import { counted, PHASE_TITLES, REMOVAL_TITLE } from '../domain/plans/plan-words.ts';
import type { PlanView } from '../domain/plans/view.ts';
import { paint, type Style } from './paint.ts';

type Verb = PlanView['changes'][number]['verb'];
/** What is there today, and what will be. */
const SHOWN_IN_FULL: readonly Verb[] = ['update', 'adopt', 'restore', 'conflict'];

type Entered = NonNullable<PlanView['records']>[number];
type Severity = PlanView['findings'][number]['severity'];

const SIGNS: Record<Verb, [string, Style]> = {
  create: ['+', 'green'],
  update: ['~', 'yellow'],
  adopt: ['~', 'yellow'],
  restore: ['~', 'yellow'],
  delete: ['-', 'red'],
  keep: ['=', 'dim'],
  unmark: ['~', 'dim'],
  retain: ['=', 'dim'],
  conflict: ['!', 'red'],
};

const SEVERITIES: Record<Severity, [string, Style]> = {
  error: ['error', 'red'],
  warning: ['warning', 'yellow'],
  info: ['info', 'green'],
};

/** A plan, or that of a removal, which has no quotas and no cost. */
type Told = Pick<PlanView, 'domain' | 'changes' | 'findings' | 'waits'> &
  Partial<Pick<PlanView, 'records' | 'recordsToRemove' | 'quotas' | 'cost'>>;

/** A plan as a person reads it; with colours on a terminal only. `next` is the command to go on with, where it is told here. */
export function planText(plan: Told, next?: string): string {
  const summary = counted(plan.changes).join(', ');
  const parts = [
    section(
      `Plan for ${plan.domain}`,
      PHASES.flatMap((phase) => phaseLines(plan, phase)),
    ),
    section('Yours to enter', (plan.records ?? []).map(recordLine)),
    section('Yours to take out', (plan.recordsToRemove ?? []).map(inZone)),
    section('Findings', plan.findings.map(findingLine)),
    section('Waits', plan.waits.map(waitLine)),
    section('Quotas of the account', (plan.quotas ?? []).map(quotaLine)),
    section('Cost of what is made', plan.cost ? costLines(plan.cost) : []),
    next === undefined ? summary : `${summary}\n\n${paint('bold', 'Next:')} ${next}`,
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

const section = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : [paint('bold', title), ...lines.map((line) => `  ${line}`)].join('\n');

/** The changes of a phase under its title. */
function phaseLines({ changes, cost }: Told, phase: Phase): string[] {
  const lines = changes.filter((change) => change.phase === phase).flatMap(changeLines);
  const title = phase === 'release' && !cost ? REMOVAL_TITLE : PHASE_TITLES[phase];
  return lines.length === 0 ? [] : [paint('dim', title), ...lines];
}

function changeLines({ verb, resource, before, after, message }: PlanView['changes'][number]): string[] {
  const [sign, style] = SIGNS[verb];
  const line = `${paint(style, sign)} ${resource.type.padEnd(20)} ${SIGNS[verb][1] === 'dim' ? paint('dim', message) : message}`;
  if (!SHOWN_IN_FULL.includes(verb)) return [line];
  const states = { before, ...(verb !== 'conflict' && { after }) };
  return [line, ...Object.entries(states).map(([when, state]) => `    ${when.padEnd(6)} ${JSON.stringify(state)}`)];
}

function recordLine({ seen, hint, ...entry }: Entered): string {
  const style = seen === 'seen' ? 'green' : 'yellow';
  return `${paint(style, seen.padEnd(9))} ${inZone(entry)}${hint === undefined ? '' : `\n    ${hint}`}`;
}

function inZone({ name, type, values }: Pick<Entered, 'name' | 'type' | 'values'>): string {
  return `${name} ${type} ${values.join(', ')}`;
}

function findingLine({ severity, message }: PlanView['findings'][number]): string {
  const [word, style] = SEVERITIES[severity];
  return `${paint(style, word.padEnd(8))} ${message}`;
}

function waitLine({ for: what, typicalSeconds: { from, to }, message }: PlanView['waits'][number]): string {
  return `${what.padEnd(20)} ${`${duration(from)} to ${duration(to)}`.padEnd(18)} ${message}`;
}

function quotaLine({ quota, used, allowed, granted, needs }: PlanView['quotas'][number]): string {
  return `${quota.padEnd(36)} ${used} of ${allowed} used${granted ? '' : " (AWS's default)"}, ${needs} more`;
}

function costLines({ lines, monthly, once, monthlyPerCapacityUnit, region, checkedAt }: PlanView['cost']): string[] {
  if (lines.length === 0) return [];
  const priced = lines.map(
    ({ what, quantity, monthly: each }) => `${money(each).padStart(8)} a month  ${quantity} × ${what}`,
  );
  const traffic =
    monthlyPerCapacityUnit > 0
      ? [`and up to ${money(monthlyPerCapacityUnit)} a month for each capacity unit of traffic`]
      : [];
  return [
    ...priced,
    `${money(monthly).padStart(8)} a month in all, ${money(once)} once`,
    ...traffic,
    paint('dim', `prices of ${region}, checked ${checkedAt}, without tax and free tier`),
  ];
}

const money = (amount: number): string => `$${amount.toFixed(2)}`;

function duration(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3_600)} h` : `${Math.round(seconds / 86_400)} days`;
}
