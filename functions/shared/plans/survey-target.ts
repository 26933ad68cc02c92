import type { EC2Client } from '@aws-sdk/client-ec2';
import { listSubnetBlocks } from '../../../aws/servers/describe-subnets.ts';
import { needsResource } from '../../../domain/edges/edge.ts';
import { vpcOfAddress } from '../../../domain/load-balancers/vpc-of-address.ts';
import { originOf } from '../../../domain/origins/origin.ts';
import type { FieldError } from '../../../domain/problems/problem.ts';
import type { Instance } from '../../../domain/servers/instance.ts';
import { subnetsWith } from '../../../domain/servers/subnet-with.ts';
import { placeOfInstance, placeOfServer, type TargetPlace } from '../../../domain/servers/target-place.ts';
import type { Site } from '../../../domain/sites/site.ts';

/** Where the instance is, or the server that a load balancer registers; nothing of another origin. */
export async function surveyTarget(
  ec2: EC2Client,
  site: Site,
  instance: Instance | undefined,
): Promise<{ place?: TargetPlace; problem?: FieldError }> {
  if (instance) return { place: placeOfInstance(site, instance) };
  const { id: address, kind } = originOf(site);
  if (kind !== 'server' || !needsResource(site, 'target')) return {};
  const found = await listSubnetBlocks(ec2);
  const { vpcId, problem } = vpcOfAddress(address, {
    named: site.subnets,
    having: subnetsWith(address, found),
    found,
  });
  return problem ? { problem } : { place: placeOfServer(site, { vpcId, subnets: found }) };
}
