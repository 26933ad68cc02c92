import type { SiteView } from '../../domain/sites/view.ts';

type Step = SiteView['steps'][number];

/** The steps of the present revision: what goes on first, what waits the longest at the top, then what ended, the newest first. */
export function shownSteps({ steps, revision }: Pick<SiteView, 'steps' | 'revision'>): Step[] {
  const present = steps.filter((step) => step.revision === revision);
  const open = present.filter(({ endedAt }) => endedAt === undefined);
  const ended = present.filter(({ endedAt }) => endedAt !== undefined);
  return [
    ...open.toSorted((a, b) => compare(a.startedAt, b.startedAt)),
    ...ended.toSorted((a, b) => compare(b.endedAt ?? '', a.endedAt ?? '')),
  ];
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
