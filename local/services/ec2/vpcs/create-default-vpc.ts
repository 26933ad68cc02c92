import type { CreateDefaultVpcRequest, CreateDefaultVpcResult, CreateVpcResult } from '@aws-sdk/client-ec2';
import { AwsError, type Operation } from '../../../wire/service.ts';
import { parseCidr } from '../cidr.ts';
import type { Ec2 } from '../ec2.ts';
import { newIdOf } from '../ids.ts';
import { created } from '../permissions.ts';
import { createVpc } from './create-vpc.ts';
import { shownVpc } from './vpc.ts';

// Source: VPC User Guide, "Default VPC components"; checked 2026-11-30.
const BLOCK = '172.31.0.0/16';
const SUBNET_PREFIX = 20;
/** Of addresses in a block of that prefix, in the third octet. */
const SUBNET_STEP = 16;

/** Makes the default VPC, which an account has one of in a region: a public subnet in each zone, with a way to the internet. */
export function createDefaultVpc(ec2: Ec2): Operation<CreateDefaultVpcRequest, CreateDefaultVpcResult> {
  return {
    resources: (_, call) => [created(call, 'vpc')],
    run(_, call) {
      const region = ec2.region(call.region);
      if ([...region.vpcs.values()].some(({ isDefault }) => isDefault)) {
        throw new AwsError('DefaultVpcAlreadyExists', 'A Default VPC already exists for this account in this region.');
      }
      const { Vpc } = createVpc(ec2).run({ CidrBlock: BLOCK }, call) as CreateVpcResult;
      const vpc = region.vpcs.get(Vpc?.VpcId ?? '');
      if (!vpc) throw new Error('Cannot make the default VPC: CreateVpc has made none');
      Object.assign(vpc, { isDefault: true, dnsHostnames: true });
      const internetGatewayId = newIdOf(ec2.host.draws, 'gateway');
      region.gateways.set(internetGatewayId, { internetGatewayId, vpcId: vpc.vpcId });
      const [table] = [...region.routeTables.values()].filter(({ vpcId }) => vpcId === vpc.vpcId);
      table?.routes.push({ destination: block('0.0.0.0/0'), target: internetGatewayId, origin: 'CreateRoute' });
      for (const [index, zone] of region.zones.entries()) {
        const subnetId = newIdOf(ec2.host.draws, 'subnet');
        region.subnets.set(subnetId, {
          subnetId,
          vpcId: vpc.vpcId,
          zone,
          cidr: block(`172.31.${index * SUBNET_STEP}.0/${SUBNET_PREFIX}`),
          ipv6: undefined,
          mapPublicIpOnLaunch: true,
          assignIpv6OnCreation: false,
          isDefault: true,
        });
      }
      return { Vpc: shownVpc(ec2, region, vpc) };
    },
  };
}

function block(text: string) {
  const cidr = parseCidr(text);
  if (!cidr) throw new RangeError(`Cannot make the default VPC: "${text}" is not a CIDR block`);
  return cidr;
}
