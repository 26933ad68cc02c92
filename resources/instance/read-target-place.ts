import type { EC2Client } from '@aws-sdk/client-ec2';
import { Failure } from '../../domain/errors.ts';
import { hasInstance } from '../../domain/origins/instance.ts';
import type { Subnet } from '../../domain/servers/instance.ts';
import { placeOfInstance, placeOfServer, type TargetPlace } from '../../domain/servers/target-place.ts';
import type { Site } from '../../domain/sites/site.ts';
import { readInstance } from './read-instance.ts';

/**
 * Where the target of the load balancer is.
 *
 * @throws {Failure} "Misconfigured" when there is no such instance
 */
export async function readTargetPlace(
  ec2: EC2Client,
  site: Pick<Site, 'origin'>,
  vpc: { vpcId: string; subnets: readonly Subnet[] },
): Promise<TargetPlace> {
  if (!hasInstance(site)) return placeOfServer(site, vpc);
  const { instance, problem } = await readInstance(ec2, { origin: site.origin });
  if (problem) throw new Failure('Misconfigured', problem.detail);
  return placeOfInstance(site, instance);
}
