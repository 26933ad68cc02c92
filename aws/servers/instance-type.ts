import {
  type _InstanceType,
  DescribeInstanceTypeOfferingsCommand,
  DescribeInstanceTypesCommand,
  type EC2Client,
} from '@aws-sdk/client-ec2';
import { isCode } from '../error-code.ts';

export interface InstanceType {
  architectures: string[];
  vcpus: number;
}

/** What an instance type is; undefined where the region has none of that name. */
export async function describeInstanceType(ec2: EC2Client, name: string): Promise<InstanceType | undefined> {
  try {
    const { InstanceTypes = [] } = await ec2.send(
      new DescribeInstanceTypesCommand({ InstanceTypes: [name as _InstanceType] }),
    );
    const [found] = InstanceTypes;
    return (
      found && {
        architectures: found.ProcessorInfo?.SupportedArchitectures ?? [],
        vcpus: found.VCpuInfo?.DefaultVCpus ?? 0,
      }
    );
  } catch (error) {
    if (isCode(error, 'InvalidInstanceType')) return undefined;
    throw error;
  }
}

/** The zones of the region that offer an instance type: "us-east-1a". */
export async function zonesOffering(ec2: EC2Client, name: string): Promise<string[]> {
  const { InstanceTypeOfferings = [] } = await ec2.send(
    new DescribeInstanceTypeOfferingsCommand({
      LocationType: 'availability-zone',
      Filters: [{ Name: 'instance-type', Values: [name] }],
    }),
  );
  return InstanceTypeOfferings.flatMap(({ Location }) => Location ?? []);
}
