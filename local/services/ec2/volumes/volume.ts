import type {
  BlockDeviceMapping,
  InstanceBlockDeviceMapping,
  Volume as ShownVolume,
  VolumeType,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../../../wire/service.ts';
import { type Image, ROOT_DEVICE, ROOT_GIB, snapshotOf } from '../images/image.ts';
import { notHere } from '../not-here.ts';
import type { Region } from '../region.ts';
import type { Zone } from '../zones.ts';

/** The root volume of an instance. */
export interface Volume {
  volumeId: string;
  instanceId: string;
  zone: Zone;
  createdAt: Date;
  sizeGib: number;
  type: VolumeType;
  encrypted: boolean;
  deleteOnTermination: boolean;
  snapshotId: string;
  /** When it was last grown. */
  modifiedAt?: Date;
  /** False once its instance is terminated, where it stays. */
  attached: boolean;
}

export type VolumeRequest = Pick<Volume, 'sizeGib' | 'type' | 'encrypted' | 'deleteOnTermination' | 'snapshotId'>;

/** Source: EBS User Guide, "Constraints on the size and configuration of an EBS volume", gp3; checked 2026-11-30. */
export const MOST_GIB = 65_536;

/** The root volume that a launch asks for, by its image where it says nothing. Throws as EC2 does. */
export function readRootVolume(image: Image, mappings: BlockDeviceMapping[] = []): VolumeRequest {
  const other = mappings.find(({ DeviceName }) => DeviceName !== ROOT_DEVICE);
  if (other) throw notHere('A volume besides the root volume');
  const { Ebs: ebs = {} } = mappings[0] ?? {};
  const { VolumeSize: sizeGib = ROOT_GIB, VolumeType: type = 'gp3', Encrypted: encrypted = false, KmsKeyId } = ebs;
  if (KmsKeyId !== undefined) throw notHere('A key of one’s own for a volume');
  if (sizeGib < ROOT_GIB) {
    throw new AwsError(
      'InvalidBlockDeviceMapping',
      `Volume of size ${sizeGib}GB is smaller than snapshot '${snapshotOf(image)}', expect size>= ${ROOT_GIB}GB`,
    );
  }
  if (sizeGib > MOST_GIB) {
    throw new AwsError('InvalidParameterValue', `Volume size ${sizeGib} is larger than the maximum of ${MOST_GIB}`);
  }
  const { DeleteOnTermination: deleteOnTermination = true } = ebs;
  return { sizeGib, type, encrypted, deleteOnTermination, snapshotId: snapshotOf(image) };
}

/** As DescribeInstances shows it. */
export const shownMapping = ({ volumeId, createdAt, deleteOnTermination }: Volume): InstanceBlockDeviceMapping => ({
  DeviceName: ROOT_DEVICE,
  Ebs: { VolumeId: volumeId, Status: 'attached', AttachTime: createdAt, DeleteOnTermination: deleteOnTermination },
});

/** As DescribeVolumes shows it. */
export const shownVolume = (region: Region, volume: Volume): ShownVolume => ({
  VolumeId: volume.volumeId,
  AvailabilityZone: volume.zone.name,
  CreateTime: volume.createdAt,
  Encrypted: volume.encrypted,
  Size: volume.sizeGib,
  SnapshotId: volume.snapshotId,
  State: volume.attached ? 'in-use' : 'available',
  VolumeType: volume.type,
  Attachments: volume.attached
    ? [
        {
          VolumeId: volume.volumeId,
          InstanceId: volume.instanceId,
          Device: ROOT_DEVICE,
          State: 'attached',
          AttachTime: volume.createdAt,
          DeleteOnTermination: volume.deleteOnTermination,
        },
      ]
    : [],
  Tags: region.tags.shown(volume.volumeId),
});

/** What becomes of the volume of an instance that is terminated. */
export function leaveVolume({ volumes, tags }: Region, volume: Volume): void {
  volume.attached = false;
  if (!volume.deleteOnTermination) return;
  volumes.delete(volume.volumeId);
  tags.forget(volume.volumeId);
}
