import type { CreateVpcRequest, CreateVpcResult } from '@aws-sdk/client-ec2';
import { AwsError, type Operation } from '../../../wire/service.ts';
import { parseCidr } from '../cidr.ts';
import type { Ec2 } from '../ec2.ts';
import { allowAll, makeGroup } from '../groups/make-group.ts';
import { DEFAULT_GROUP } from '../groups/security-group.ts';
import { newId, newIdOf } from '../ids.ts';
import { makeNetworkAcl } from '../network-acls/network-acl.ts';
import { refuse } from '../not-here.ts';
import { created } from '../permissions.ts';
import { makeRouteTable } from '../routes/make-route-table.ts';
import { tagsOnCreate } from '../tags/tag-set.ts';
import { shownVpc, type Vpc } from './vpc.ts';

// Source: VPC User Guide, "VPC CIDR blocks" and "Amazon VPC quotas"; checked 2026-11-22.
const WIDEST_PREFIX = 16;
const NARROWEST_PREFIX = 28;
const VPCS_PER_REGION = 5;

/** Makes a VPC with its main route table, its default network ACL and its default group; with a /56 of IPv6 on request. */
export function createVpc(ec2: Ec2): Operation<CreateVpcRequest, CreateVpcResult> {
  return {
    resources: ({ TagSpecifications }, call) => [created(call, 'vpc', TagSpecifications)],
    run(input, call) {
      const { CidrBlock, AmazonProvidedIpv6CidrBlock, TagSpecifications } = input;
      refuse(input, ['Ipv4IpamPoolId', 'Ipv6IpamPoolId', 'Ipv6CidrBlock', 'Ipv6Pool', 'VpcEncryptionControl']);
      const region = ec2.region(call.region);
      const { draws } = ec2.host;
      const cidr = vpcBlock(CidrBlock);
      const tags = tagsOnCreate(TagSpecifications, 'vpc');
      if (region.vpcs.size >= VPCS_PER_REGION) {
        throw new AwsError('VpcLimitExceeded', 'The maximum number of VPCs has been reached.');
      }
      const vpc: Vpc = {
        vpcId: newIdOf(draws, 'vpc'),
        cidr,
        associationId: newId(draws, 'vpc-cidr-assoc'),
        ipv6: AmazonProvidedIpv6CidrBlock
          ? { cidr: ec2.plan.takeIpv6Block(), associationId: newId(draws, 'vpc-cidr-assoc') }
          : undefined,
        dnsSupport: true,
        dnsHostnames: false,
      };
      region.vpcs.set(vpc.vpcId, vpc);
      region.tags.put(vpc.vpcId, tags);
      makeRouteTable(ec2, region, { vpc, main: true });
      makeNetworkAcl(ec2, region, vpc);
      const group = makeGroup(ec2, region, { vpc, name: DEFAULT_GROUP, description: 'default VPC security group' });
      allowAll(ec2, group, { egress: false, peer: { groupId: group.groupId } });
      return { Vpc: { ...shownVpc(ec2, region, vpc), State: 'pending' } };
    },
  };
}

function vpcBlock(text = '') {
  const cidr = parseCidr(text);
  if (cidr?.family !== 4) {
    throw new AwsError(
      'InvalidParameterValue',
      `Value (${text}) for parameter cidrBlock is invalid. This is not a valid CIDR block.`,
    );
  }
  if (cidr.prefix < WIDEST_PREFIX || cidr.prefix > NARROWEST_PREFIX) {
    throw new AwsError('InvalidVpc.Range', `The CIDR '${text}' is invalid.`);
  }
  return cidr;
}
