import type { EC2Client } from '@aws-sdk/client-ec2';
import { describeInstance } from '../../aws/servers/describe-instance.ts';
import { isStandIn } from '../../domain/changes/stand-in.ts';
import { Failure } from '../../domain/errors.ts';
import { hasInstance, instanceOf } from '../../domain/origins/instance.ts';
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
  const { id } = instanceOf(site);
  const instance = isStandIn(id) ? (await readInstance(ec2, site)).instance : await describeInstance(ec2, id);
  if (!instance) throw new Failure('Misconfigured', `Cannot find the instance "${id}": check the id`);
  return placeOfInstance(site, instance);
}
