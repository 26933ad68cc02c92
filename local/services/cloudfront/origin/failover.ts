import type { Origin } from '@aws-sdk/client-cloudfront';
import type { Errand } from './errand.ts';
import { OriginFailure } from './failure.ts';
import { type Fetched, fetchFrom } from './fetch.ts';

/** Source: CloudFront Developer Guide, "Optimize high availability with CloudFront origin failover"; checked 2026-11-29. */
const FAILS_OVER = ['GET', 'HEAD', 'OPTIONS'];

/** Asks the behavior's origin, or the origins of its group in turn: the first of them anew with each request. */
export async function fetchForBehavior(errand: Errand): Promise<Fetched | undefined> {
  const { config, behavior, method, chosen } = errand;
  if (chosen) return fetchFrom({ ...errand, origin: chosen.origin });
  const group = config.OriginGroups.Items?.find(({ Id }) => Id === behavior.TargetOriginId);
  if (!group) return fetchFrom({ ...errand, origin: originOf(errand, behavior.TargetOriginId) });
  const [first, second] = (group.Members?.Items ?? []).map(({ OriginId }) => originOf(errand, OriginId));
  if (!first || !second) throw new RangeError(`Cannot ask origin group "${group.Id}": it must have two members`);
  if (!FAILS_OVER.includes(method)) return fetchFrom({ ...errand, origin: first });
  const codes = group.FailoverCriteria?.StatusCodes?.Items ?? [];
  try {
    const fetched = await fetchFrom({ ...errand, origin: first });
    if (!fetched || !codes.includes(fetched.incoming.statusCode ?? 0)) return fetched;
    fetched.incoming.destroy();
  } catch (error) {
    if (!(error instanceof OriginFailure) || !codes.includes(codeOf(error))) throw error;
  }
  return fetchFrom({ ...errand, origin: second });
}

/** What must be listed for a failure to count: 503 for a connection that does not come about, 504 for silence. */
function codeOf({ status, reason }: OriginFailure): number {
  if (status === 504) return 504;
  return reason === 'handshake' ? 502 : 503;
}

function originOf({ config }: Errand, id: string | undefined): Origin {
  const origin = config.Origins.Items?.find(({ Id }) => Id === id);
  if (!origin) throw new RangeError(`Cannot ask origin "${id}": it does not exist`);
  return origin;
}
