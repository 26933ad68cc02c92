import type { Call } from '../../../wire/service.ts';
import type { CloudFront } from '../cloudfront.ts';
import type { CompleteConfig, Distribution } from './distribution.ts';

/** How long a read may show what was before a change, in seconds of AWS time. Estimated as for EC2; checked 2026-11-29. */
const LATE = { min: 0.5, max: 6 };

/** What a read shows. */
type Seen = Pick<Distribution, 'config' | 'etag' | 'lastModifiedAt'>;

/** A share of the changes is seen late by what a role reads next. */
export function changeSeenLate({ host }: CloudFront, distribution: Distribution, before: Seen): void {
  const { clock, draws, lagShare = 0 } = host;
  if (draws.fraction('cloudfront:lag') >= lagShare) return;
  const seconds = draws.seconds('cloudfront:lag', distribution.id, LATE);
  distribution.former = { ...before, until: new Date(clock.now().getTime() + seconds * 1000) };
}

/** The distribution as this caller sees it: the person at this machine sees every change at once. */
export function seenBy({ host }: CloudFront, distribution: Distribution, { principal }: Call): Distribution {
  const { former } = distribution;
  if (principal.roleArn === undefined || !former || former.until <= host.clock.now()) return distribution;
  const { config, etag, lastModifiedAt } = former;
  return { ...distribution, config, etag, lastModifiedAt };
}

/** What reads showed before a change, and how long some of them still do. */
export interface Former {
  config: CompleteConfig;
  etag: string;
  lastModifiedAt: Date;
  until: Date;
}
