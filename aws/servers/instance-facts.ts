import type { Instance as InstanceShape } from '@aws-sdk/client-ec2';
import { TENANT_TAG } from '../../domain/ownership.ts';
import type { Instance } from '../../domain/servers/instance.ts';
import { tagRecord } from '../tags.ts';

/** An instance as EC2 describes it. */
export function instanceFacts(found: InstanceShape): Instance {
  const primary = found.NetworkInterfaces?.find(({ Attachment }) => Attachment?.DeviceIndex === 0);
  const tags = tagRecord(found.Tags);
  const { [TENANT_TAG]: tenant } = tags;
  return {
    id: found.InstanceId ?? '',
    state: found.State?.Name ?? 'unknown',
    type: found.InstanceType ?? '',
    ...(found.KeyName !== undefined && { key: found.KeyName }),
    volumeIds: (found.BlockDeviceMappings ?? []).flatMap(({ Ebs }) => Ebs?.VolumeId ?? []),
    vpcId: found.VpcId ?? '',
    subnetId: found.SubnetId ?? '',
    zone: found.Placement?.AvailabilityZone ?? '',
    privateAddress: found.PrivateIpAddress ?? '',
    ...(found.PublicIpAddress && { publicAddress: found.PublicIpAddress }),
    ...(isElastic(primary?.Association?.IpOwnerId) && { hasElasticAddress: true }),
    networkInterfaceId: primary?.NetworkInterfaceId ?? '',
    securityGroupIds: (found.SecurityGroups ?? []).flatMap(({ GroupId }) => GroupId ?? []),
    tags,
    ...(tenant !== undefined && { tenant }),
  };
}

/** AWS's own addresses belong to "amazon". Source: EC2 API Reference, `InstanceNetworkInterfaceAssociation`, checked 2026-11-29. */
const isElastic = (ownerId: string | undefined): boolean => ownerId !== undefined && ownerId !== 'amazon';
