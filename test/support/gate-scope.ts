import type { StepName, StepOutputs } from '../../domain/ledger/outputs.ts';
import type { SiteItem } from '../../domain/ledger/site-item.ts';
import type { StepItem } from '../../domain/ledger/step-item.ts';
import type { GateScope } from '../../resources/gate.ts';
import { aSiteItem, aStepItem } from './site.ts';
import { owner } from './steps.ts';

export const now = new Date('2026-11-22T12:00:00.000Z');

/** What a gate is judged from at its first look, with what earlier steps left. */
export function aGateScope({
  item = {},
  outputs = {},
  steps = [],
  ...changes
}: Partial<Omit<GateScope, 'record' | 'site'>> & {
  item?: Partial<SiteItem>;
  outputs?: { [Name in StepName]?: StepOutputs[Name] };
  steps?: StepItem[];
} = {}): GateScope {
  const site = aSiteItem(item);
  const left = Object.entries(outputs).map(([name, output]) => aStepItem(name, { output }));
  return {
    owner,
    site: site.site,
    record: { item: site, steps: [...left, ...steps], timeline: [] },
    known: outputs,
    retained: [],
    now,
    again: false,
    waitedMs: 0,
    restored: false,
    ...changes,
  };
}
