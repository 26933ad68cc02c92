import type { FaultRule } from '../../local/wire/faults.ts';
import type { CallSite } from './call-site.ts';

/** How many calls in a row a client of ours makes for one ask before it gives up. */
const ATTEMPTS = 3;

type Strike = Pick<FaultRule, 'kind' | 'times'>;

/** Each kind of fault: what strikes, and the call sites it can't be tried at, with the reason. */
export const KINDS = {
  /** Every attempt of the client fails, so that the step hears of it. */
  'error before': { strike: { kind: 'error-before', times: ATTEMPTS } },
  /** It happened, the repeated attempts fail too: the step cannot know. */
  'error after': { strike: { kind: 'error-after', times: ATTEMPTS } },
  /** More in a row than a client makes attempts. */
  throttled: { strike: { kind: 'throttle', times: 5 } },
  'lost before': { strike: { kind: 'reset-before', times: ATTEMPTS } },
  /** One answer lost: the client sends the same again, and nobody above it knows. */
  'lost after': { strike: { kind: 'reset-after', times: 1 } },
  'killed before': { strike: { kind: 'kill-before', times: 1 }, not: ofWorkflow },
  'killed after': { strike: { kind: 'kill-after', times: 1 }, not: ofWorkflow },
} as const satisfies Record<string, { strike: Strike; not?: (site: CallSite) => boolean }>;

export type Kind = keyof typeof KINDS;

export const KIND_NAMES = Object.keys(KINDS) as Kind[];

/** Whether the kind exists at this call site. */
export function applies(kind: Kind, site: CallSite): boolean {
  const { not } = KINDS[kind] as { not?: (site: CallSite) => boolean };
  return !not?.(site);
}

/** The workflow runs inside AWS: no worker of ours to kill. */
function ofWorkflow({ caller }: CallSite): boolean {
  return caller === 'Onboard';
}
