import { PHASES, type Phase } from '../../domain/changes/change.ts';
import { counted, PHASE_TITLES, REMOVAL_TITLE } from '../../domain/plans/plan-words.ts';
import type { PlanView as Plan } from '../../domain/plans/view.ts';
import { duration } from '../parts/duration.ts';
import { Badge } from '../parts/state-badge.tsx';
import { Table } from '../parts/table.tsx';
import type { Tone } from '../parts/tone.ts';
import { type Change, ChangeRow } from './change-row.tsx';
import { Cost } from './cost.tsx';

/** A plan, or that of a removal, which has no quotas and no cost. */
export type ShownPlan = Pick<Plan, 'changes' | 'findings' | 'waits'> &
  Partial<Pick<Plan, 'records' | 'recordsToRemove' | 'quotas' | 'cost'>>;

/** What would be done, in which order, what was found, what is waited for and what it costs. */
export const PlanView = ({ plan }: { plan: ShownPlan }) => (
  <div class="plan stack">
    <p class="summary">{counted(plan.changes).join(', ')}</p>
    <Findings findings={plan.findings} />
    {PHASES.map((phase) => (
      <Changes
        key={phase}
        title={phase === 'release' && !plan.cost ? REMOVAL_TITLE : PHASE_TITLES[phase]}
        changes={inPhase(plan.changes, phase)}
      />
    ))}
    <Records title="Records that you enter" records={plan.records ?? []} />
    <Records title="Records that you take out" records={plan.recordsToRemove ?? []} />
    {plan.waits.length > 0 && (
      <section class="card">
        <header>
          <h3>What is waited for</h3>
        </header>
        <Table
          caption="What is waited for"
          rows={plan.waits}
          keyOf={(wait) => wait.for}
          columns={[
            { title: 'For', cell: (wait) => wait.for },
            { title: 'Takes', cell: ({ typicalSeconds: { from, to } }) => `${inWords(from)} to ${inWords(to)}` },
            { title: 'Until', cell: ({ message }) => message },
          ]}
        />
      </section>
    )}
    {plan.cost && <Cost cost={plan.cost} />}
    {plan.quotas && plan.quotas.length > 0 && (
      <details class="card">
        <summary>Quotas of the account</summary>
        <Table
          caption="Quotas of the account"
          rows={plan.quotas}
          keyOf={({ quota }) => quota}
          columns={[
            { title: 'Quota', cell: ({ quota }) => quota },
            { title: 'Used', isNumber: true, cell: ({ used }) => used },
            { title: 'Needed', isNumber: true, cell: ({ needs }) => needs },
            { title: 'Allowed', isNumber: true, cell: ({ allowed }) => allowed },
            { title: 'Says', cell: ({ granted }) => (granted ? 'AWS of this account' : "AWS's default") },
          ]}
        />
      </details>
    )}
  </div>
);

const inPhase = (changes: readonly Change[], phase: Phase): Change[] =>
  changes.filter((change) => change.phase === phase);

const inWords = (seconds: number): string => duration(seconds * 1_000);

/** Of a phase: what changes, and what stays on demand. */
function Changes({ title, changes }: { title: string; changes: readonly Change[] }) {
  if (changes.length === 0) return null;
  const kept = changes.filter(({ verb }) => verb === 'keep');
  const others = changes.filter(({ verb }) => verb !== 'keep');
  return (
    <section class="card">
      <header>
        <h3>{title}</h3>
      </header>
      <ul>{others.map(row)}</ul>
      {kept.length > 0 && (
        <details class="kept">
          <summary>{`${kept.length} ${kept.length === 1 ? 'stays as it is' : 'stay as they are'}`}</summary>
          <ul>{kept.map(row)}</ul>
        </details>
      )}
    </section>
  );
}

const row = (change: Change) => <ChangeRow key={`${change.resource.type} ${change.resource.name}`} change={change} />;

const SEVERITIES: Record<Plan['findings'][number]['severity'], Tone> = { error: 'bad', warning: 'warn', info: 'good' };

/** The gravest first; what is well, on demand. */
function Findings({ findings }: Pick<Plan, 'findings'>) {
  const well = findings.filter(({ severity }) => severity === 'info');
  const grave = findings.filter(({ severity }) => severity !== 'info');
  const list = (some: Plan['findings']) => (
    <ul>
      {some.map(({ severity, check, message, name }) => (
        <li key={`${check} ${name} ${message}`} class="finding">
          <Badge tone={SEVERITIES[severity]}>{severity === 'info' ? 'well' : severity}</Badge>
          <span>{message}</span>
        </li>
      ))}
    </ul>
  );
  if (findings.length === 0) return null;
  return (
    <section class="card">
      <header>
        <h3>Findings</h3>
      </header>
      {grave.length > 0 && list(grave)}
      {well.length > 0 && (
        <details class="kept">
          <summary>{`${well.length} checks that found all well`}</summary>
          {list(well)}
        </details>
      )}
    </section>
  );
}

type Entry = Pick<NonNullable<Plan['records']>[number], 'name' | 'type' | 'values' | 'note'>;

const Records = ({ title, records }: { title: string; records: readonly Entry[] }) =>
  records.length === 0 ? null : (
    <section class="card">
      <header>
        <h3>{title}</h3>
      </header>
      <Table
        caption={title}
        rows={records}
        keyOf={({ name, type, values }) => [name, type, ...values].join(' ')}
        columns={[
          { title: 'Name', cell: ({ name }) => <code>{name}</code> },
          { title: 'Type', cell: ({ type }) => type },
          { title: 'Value', cell: ({ values }) => <code>{values.join(', ')}</code> },
          { title: 'For', cell: ({ note }) => note },
        ]}
      />
    </section>
  );
