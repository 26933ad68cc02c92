import { type _InstanceType, type EC2Client, RunInstancesCommand } from '@aws-sdk/client-ec2';
import type { Instance } from '../../domain/servers/instance.ts';
import { tagList } from '../tags.ts';
import { instanceFacts } from './instance-facts.ts';

export interface Launch {
  /** The same token launches nothing twice: at most 64 characters. */
  token: string;
  imageId: string;
  /** The root device of the image. Source: AL2023 User Guide; checked 2026-11-30. */
  rootDevice: string;
  type: string;
  diskGiB: number;
  key?: string | undefined;
  userData: string;
  subnetId: string;
  groupId: string;
  /** The name of its instance profile. */
  profile: string;
  tags: Record<string, string>;
}

/** Containers reach the metadata service over one hop more than programs do; none is expected here. */
const HOP_LIMIT = 1;

/**
 * Launches an instance with an encrypted volume that goes with it, IMDSv2 alone, and a public address, by which it reaches its
 * packages.
 */
export async function runInstance(ec2: EC2Client, launch: Launch): Promise<Instance> {
  const Tags = tagList(launch.tags);
  const { Instances = [] } = await ec2.send(
    new RunInstancesCommand({
      ClientToken: launch.token,
      MinCount: 1,
      MaxCount: 1,
      ImageId: launch.imageId,
      InstanceType: launch.type as _InstanceType,
      ...(launch.key !== undefined && { KeyName: launch.key }),
      UserData: Buffer.from(launch.userData).toString('base64'),
      IamInstanceProfile: { Name: launch.profile },
      MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: HOP_LIMIT, HttpEndpoint: 'enabled' },
      BlockDeviceMappings: [
        {
          DeviceName: launch.rootDevice,
          Ebs: { VolumeSize: launch.diskGiB, VolumeType: 'gp3', Encrypted: true, DeleteOnTermination: true },
        },
      ],
      NetworkInterfaces: [
        {
          DeviceIndex: 0,
          SubnetId: launch.subnetId,
          Groups: [launch.groupId],
          AssociatePublicIpAddress: true,
          DeleteOnTermination: true,
        },
      ],
      TagSpecifications: (['instance', 'volume', 'network-interface'] as const).map((ResourceType) => ({
        ResourceType,
        Tags,
      })),
    }),
  );
  const [instance] = Instances;
  if (!instance) throw new Error('Cannot launch an instance: the answer is empty');
  return instanceFacts(instance);
}
