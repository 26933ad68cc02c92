import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { readEdgeFunction } from '../../aws/edge-functions/edge-function.ts';
import { bypassName, bypassOf, bypassVersion } from '../../domain/failover/bypass.ts';
import { bypassCode } from '../../domain/failover/bypass-code.ts';
import type { Look, Scope } from '../resource.ts';
import type { SeenBypass } from './changes.ts';

/** Reads the function of a site from CloudFront; undefined where there is none. Other code than the document's has no version. */
export async function readBypass(
  { clients }: Pick<Look, 'clients'>,
  { owner, site }: Pick<Scope, 'owner' | 'site'>,
): Promise<SeenBypass | undefined> {
  const found = await readEdgeFunction(clients(CloudFrontClient), bypassName(owner.domain));
  if (!found) return undefined;
  const { live, ...rest } = found;
  const declared = site && bypassOf(site);
  return { ...rest, version: declared && live === bypassCode(declared) ? bypassVersion(declared) : undefined };
}
