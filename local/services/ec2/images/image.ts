import { createHash } from 'node:crypto';
import type { ArchitectureValues, Image as ShownImage } from '@aws-sdk/client-ec2';

/** What an instance is launched from. */
export interface Image {
  imageId: string;
  name: string;
  description: string;
  architecture: Extract<ArchitectureValues, 'arm64' | 'x86_64'>;
  /** The public parameter that leads to it; undefined of an image of the account's own. */
  parameter?: string;
  /** Whether a web server is installed in it, enabled, with a page that names the instance. */
  hasWebServer: boolean;
  /** Whether IMDSv2 alone is what its instances have unless told otherwise. */
  imdsV2: boolean;
}

/** Size of the root volume's snapshot, GiB. Source: AL2023 User Guide, "AL2023 on Amazon EC2"; checked 2026-11-30. */
export const ROOT_GIB = 8;
export const ROOT_DEVICE = '/dev/xvda';

/** Amazon's account for its Linux images. */
const AMAZON = '137112412989';
const CREATED = '2026-11-09T00:00:00.000Z';
/** 90 days later. Source: AL2023 User Guide, "Deprecation of AMIs"; checked 2026-11-29. */
const DEPRECATED = '2027-02-07T00:00:00.000Z';

/** An image of the account's own with a web server: what an origin that exists was launched from. */
export const WEB_SERVER_IMAGE = 'ami-0abcdef1234567890';

/** The images that can be launched in a region: Amazon Linux 2023 without a web server, and one of the account with one. */
export function imagesOf(region: string): Image[] {
  return [
    ...(['x86_64', 'arm64'] as const).map((architecture): Image => {
      const parameter = `/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${architecture}`;
      return {
        imageId: `ami-${createHash('sha256').update(`${region} ${architecture}`).digest('hex').slice(0, 17)}`,
        name: `al2023-ami-2023.9.20261109.0-kernel-6.18-${architecture}`,
        description: `Amazon Linux 2023 AMI 2023.9.20261109.0 ${architecture} HVM kernel-6.18`,
        architecture,
        parameter,
        hasWebServer: false,
        imdsV2: true,
      };
    }),
    {
      imageId: WEB_SERVER_IMAGE,
      name: 'web-server',
      description: 'A web server',
      architecture: 'x86_64',
      hasWebServer: true,
      imdsV2: false,
    },
  ];
}

/** As DescribeImages shows it. */
export function shownImage(image: Image, account: string): ShownImage {
  const ownerId = image.parameter === undefined ? account : AMAZON;
  return {
    ImageId: image.imageId,
    ImageLocation: `${image.parameter === undefined ? account : 'amazon'}/${image.name}`,
    Name: image.name,
    Description: image.description,
    Architecture: image.architecture,
    OwnerId: ownerId,
    ...(image.parameter !== undefined && { ImageOwnerAlias: 'amazon', DeprecationTime: DEPRECATED }),
    Public: image.parameter !== undefined,
    State: 'available',
    CreationDate: CREATED,
    ImageType: 'machine',
    PlatformDetails: 'Linux/UNIX',
    UsageOperation: 'RunInstances',
    VirtualizationType: 'hvm',
    Hypervisor: 'xen',
    EnaSupport: true,
    ...(image.imdsV2 && { ImdsSupport: 'v2.0' }),
    RootDeviceType: 'ebs',
    RootDeviceName: ROOT_DEVICE,
    BlockDeviceMappings: [
      {
        DeviceName: ROOT_DEVICE,
        Ebs: {
          DeleteOnTermination: true,
          Encrypted: false,
          SnapshotId: snapshotOf(image),
          VolumeSize: ROOT_GIB,
          VolumeType: 'gp3',
          Iops: 3_000,
          Throughput: 125,
        },
      },
    ],
  };
}

/** The snapshot that root volumes are made from. */
export const snapshotOf = ({ imageId }: Pick<Image, 'imageId'>): string => `snap-${imageId.slice('ami-'.length)}`;
