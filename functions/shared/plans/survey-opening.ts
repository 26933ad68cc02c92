import type { EC2Client } from '@aws-sdk/client-ec2';
import { findInterface } from '../../../aws/servers/find-interface.ts';
import { originOf } from '../../../domain/origins/origin.ts';
import { resourceName } from '../../../domain/ownership.ts';
import type { PreflightFinding } from '../../../domain/preflight/finding.ts';
import { openingFinding } from '../../../domain/preflight/opening-finding.ts';
import type { Subnet } from '../../../domain/servers/instance.ts';
import type { TargetPlace } from '../../../domain/servers/target-place.ts';
import type { Site } from '../../../domain/sites/site.ts';

/** What a person has to open for the load balancer to reach a server: its firewall or security group is not ours. */
export async function surveyOpening(
  ec2: EC2Client,
  site: Site,
  { target, subnets }: { target: TargetPlace; subnets: readonly Subnet[] },
): Promise<PreflightFinding> {
  const { vpcId, privateAddress: address, subnetId } = target;
  const found = subnetId === undefined ? undefined : await findInterface(ec2, { vpcId, address });
  return openingFinding(target, {
    port: originOf(site).port,
    group: resourceName(site.domain),
    blocks: subnets.map(({ cidr }) => cidr),
    found,
  });
}
