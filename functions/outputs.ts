import type { SiteRecord, StepItem } from '../aws/ledger/items.ts';

/**
 * What each step leaves for later ones: ids and ARNs, kept small. A new step adds its line here; `step()` holds the
 * step to it and `outputOf()` gives it to whoever reads.
 */
export interface StepOutputs {
  ClaimSite: { edge: 'load-balancer' | 'direct'; http: 'redirect' | 'reject'; direct: boolean };
  MarkLive: Record<string, never>;
}

export type StepName = keyof StepOutputs;

/**
 * What an earlier step of this operation left.
 *
 * @throws {Error} when that step isn't done: the workflow has them in the wrong order
 */
export function outputOf<Name extends StepName>(record: SiteRecord, name: Name): StepOutputs[Name] {
  const output = outputIfDone(record, name);
  if (!output) throw new Error(`Cannot read what "${name}" left for "${record.item.domain}": it is not done`);
  return output;
}

/** The same, undefined when that step isn't done in this operation (it may not be part of it). */
export function outputIfDone<Name extends StepName>(record: SiteRecord, name: Name): StepOutputs[Name] | undefined {
  const found = stepOf(record, name);
  return found?.state === 'done' && found.revision === record.item.revision ? found.output : undefined;
}

/** How a step stands, whichever operation wrote it last. */
export function stepOf<Name extends StepName>(record: SiteRecord, name: Name): StepItem<StepOutputs[Name]> | undefined {
  return record.steps.find((step) => step.name === name) as StepItem<StepOutputs[Name]> | undefined;
}
