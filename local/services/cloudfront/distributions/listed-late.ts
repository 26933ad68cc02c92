import type { Call } from '../../../wire/service.ts';
import type { CloudFront } from '../cloudfront.ts';
import type { Distribution } from './distribution.ts';
import { seenBy } from './seen-by.ts';

/** How late the listing may be, in seconds of AWS time. AWS gives no figure: estimated as for EC2; checked 2026-11-29. */
const LATE = { min: 0.5, max: 6 };

/** When a role sees in the listing what was created or deleted now: at once, or for a share of them some seconds later. */
export function listedAt({ host }: CloudFront, id: string): Date {
  const { clock, draws, lagShare = 0 } = host;
  const isLate = draws.fraction('cloudfront:list') < lagShare;
  const seconds = isLate ? draws.seconds('cloudfront:list', id, LATE) : 0;
  return new Date(clock.now().getTime() + 1000 * seconds);
}

/** The distributions as this caller's listing has them, the oldest first: the person at this machine sees everything at once. */
export function listedFor(cloudFront: CloudFront, call: Call): Distribution[] {
  const { host, distributions, deleted } = cloudFront;
  const now = host.clock.now();
  if (call.principal.roleArn === undefined) return [...distributions.values()];
  const gone = [...deleted].filter(([, until]) => until > now).map(([distribution]) => distribution);
  const there = [...distributions.values()].filter((each) => each.listedAt <= now);
  return [...gone, ...there].map((each) => seenBy(cloudFront, each, call));
}
