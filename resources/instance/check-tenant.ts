import type { EC2Client } from '@aws-sdk/client-ec2';
import { Failure } from '../../domain/errors.ts';
import { hasInstance } from '../../domain/origins/instance.ts';
import type { Site } from '../../domain/sites/site.ts';
import { readInstance } from './read-instance.ts';

/**
 * Reads the instance of a tenant's site before a step sends traffic to it: its tag may have been changed since the site was
 * declared. The account's own sites may use any instance, and nothing is read for them.
 *
 * @throws {Failure} "Misconfigured" when the instance does not bear the tenant's tag
 */
export async function checkTenant(ec2: EC2Client, site: Pick<Site, 'origin' | 'tenant'>): Promise<void> {
  if (site.tenant === undefined || !hasInstance(site)) return;
  const { problem } = await readInstance(ec2, site);
  if (problem) throw new Failure('Misconfigured', problem.detail);
}
