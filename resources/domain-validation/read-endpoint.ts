import type { ACMClient } from '@aws-sdk/client-acm';
import { type ListedEndpoint, listEndpoints, readAcmeTags } from '../../aws/acme/endpoints.ts';
import type { Owner } from '../../domain/ownership.ts';

/** What the endpoint of a stack is tagged with: it is no single site's. */
export const endpointTags = ({ stack }: Pick<Owner, 'stack'>): Record<string, string> => ({ 'nameplate:stack': stack });

/** The ACME endpoint of the stack, the oldest where there are several; undefined where it is being deleted, or never was ready. */
export async function readEndpoint(acm: ACMClient, owner: Pick<Owner, 'stack'>): Promise<ListedEndpoint | undefined> {
  const usable = (await listEndpoints(acm))
    .filter(({ status }) => status === 'CREATING' || status === 'ACTIVE')
    .sort((one, other) => one.createdAt.getTime() - other.createdAt.getTime() || one.arn.localeCompare(other.arn));
  for (const each of usable) {
    const tags = await readAcmeTags(acm, each.arn);
    if (tags['nameplate:stack'] === owner.stack) return each;
  }
  return undefined;
}
