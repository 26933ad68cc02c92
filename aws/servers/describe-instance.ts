import { DescribeInstancesCommand, type EC2Client } from '@aws-sdk/client-ec2';
import { TENANT_TAG } from '../../domain/ownership.ts';
import type { Instance } from '../../domain/servers/instance.ts';
import { tagRecord } from '../tags.ts';

/** The instance of that id; undefined when this account and region has none. A filter, because an unknown id is no error. */
export async function describeInstance(ec2: EC2Client, id: string): Promise<Instance | undefined> {
  const { Reservations = [] } = await ec2.send(
    new DescribeInstancesCommand({ Filters: [{ Name: 'instance-id', Values: [id] }] }),
  );
  const found = Reservations.flatMap(({ Instances = [] }) => Instances).find(({ InstanceId }) => InstanceId === id);
  if (!found) return undefined;
  const primary = found.NetworkInterfaces?.find(({ Attachment }) => Attachment?.DeviceIndex === 0);
  const { [TENANT_TAG]: tenant } = tagRecord(found.Tags);
  return {
    id,
    state: found.State?.Name ?? 'unknown',
    vpcId: found.VpcId ?? '',
    subnetId: found.SubnetId ?? '',
    zone: found.Placement?.AvailabilityZone ?? '',
    privateAddress: found.PrivateIpAddress ?? '',
    ...(found.PublicIpAddress && { publicAddress: found.PublicIpAddress }),
    ...(isElastic(primary?.Association?.IpOwnerId) && { hasElasticAddress: true }),
    networkInterfaceId: primary?.NetworkInterfaceId ?? '',
    securityGroupIds: (found.SecurityGroups ?? []).flatMap(({ GroupId }) => GroupId ?? []),
    ...(tenant !== undefined && { tenant }),
  };
}

/** AWS's own addresses belong to "amazon". Source: EC2 API Reference, `InstanceNetworkInterfaceAssociation`, checked 2026-11-29. */
const isElastic = (ownerId: string | undefined): boolean => ownerId !== undefined && ownerId !== 'amazon';
