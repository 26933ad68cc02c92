import type {
  DescribeVpcAttributeRequest,
  DescribeVpcAttributeResult,
  ModifyVpcAttributeRequest,
} from '@aws-sdk/client-ec2';
import { AwsError, type Operation } from '../../../wire/service.ts';
import type { Ec2 } from '../ec2.ts';
import { find } from '../ids.ts';
import { refuse } from '../not-here.ts';
import { existing } from '../permissions.ts';

/** Turns the VPC's DNS support or its DNS host names on and off, one a call. */
export function modifyVpcAttribute(ec2: Ec2): Operation<ModifyVpcAttributeRequest, object> {
  return {
    resources: ({ VpcId }, call) => [existing(ec2, call, { type: 'vpc', id: VpcId })],
    run(input, call) {
      const { VpcId, EnableDnsSupport, EnableDnsHostnames } = input;
      refuse(input, ['EnableNetworkAddressUsageMetrics']);
      const vpc = find(ec2.region(call.region).vpcs, 'vpc', VpcId);
      if (EnableDnsSupport && EnableDnsHostnames) {
        throw new AwsError('InvalidParameterCombination', 'Fields for multiple attribute types specified');
      }
      vpc.dnsSupport = EnableDnsSupport?.Value ?? vpc.dnsSupport;
      vpc.dnsHostnames = EnableDnsHostnames?.Value ?? vpc.dnsHostnames;
      return {};
    },
  };
}

/** Says whether the VPC has DNS support, or DNS host names. */
export function describeVpcAttribute(ec2: Ec2): Operation<DescribeVpcAttributeRequest, DescribeVpcAttributeResult> {
  return {
    resources: ({ VpcId }, call) => [existing(ec2, call, { type: 'vpc', id: VpcId })],
    run({ VpcId, Attribute }, call) {
      const vpc = find(ec2.region(call.region).vpcs, 'vpc', VpcId);
      return {
        VpcId: vpc.vpcId,
        ...(Attribute === 'enableDnsSupport' && { EnableDnsSupport: { Value: vpc.dnsSupport } }),
        ...(Attribute === 'enableDnsHostnames' && { EnableDnsHostnames: { Value: vpc.dnsHostnames } }),
        ...(Attribute === 'enableNetworkAddressUsageMetrics' && { EnableNetworkAddressUsageMetrics: { Value: false } }),
      };
    },
  };
}
