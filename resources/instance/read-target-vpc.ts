import type { EC2Client } from '@aws-sdk/client-ec2';
import { listSubnetBlocks } from '../../aws/servers/describe-subnets.ts';
import { Failure } from '../../domain/errors.ts';
import { hasInstance } from '../../domain/origins/instance.ts';
import type { Instance } from '../../domain/servers/instance.ts';
import type { Site } from '../../domain/sites/site.ts';
import { readInstance } from './read-instance.ts';

/**
 * The VPC of the load balancer: that of the instance, or of the subnets where the origin is a server, which may be outside of it.
 *
 * @throws {Failure} "Misconfigured" when the instance cannot be the site's origin, or the subnets are gone
 */
export async function readTargetVpc(
  ec2: EC2Client,
  site: Pick<Site, 'origin' | 'tenant' | 'subnets'>,
): Promise<{ vpcId: string; instance?: Instance }> {
  if (hasInstance(site)) {
    const { instance, problem } = await readInstance(ec2, site);
    if (problem) throw new Failure('Misconfigured', problem.detail);
    return { vpcId: instance.vpcId, instance };
  }
  const { subnets = [] } = site;
  const [found] = await listSubnetBlocks(ec2, { ids: subnets });
  if (found) return { vpcId: found.vpcId };
  const message = `Cannot find the subnets of the load balancer (${subnets.join(', ')}): they may have been deleted. Declare the site again with others`;
  throw new Failure('Misconfigured', message);
}
