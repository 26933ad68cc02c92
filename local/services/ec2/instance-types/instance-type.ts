import type { InstanceTypeInfo } from '@aws-sdk/client-ec2';
import { AwsError } from '../../../wire/service.ts';
import type { Image } from '../images/image.ts';
import type { Zone } from '../zones.ts';

export interface InstanceType {
  name: string;
  architecture: Image['architecture'];
  vcpus: number;
  memoryMib: number;
  /** Whether it is of a generation that the oldest zones do not have. */
  current: boolean;
}

const GIB = 1_024;
const SIZES = [
  ['nano', 2, 0.5],
  ['micro', 2, 1],
  ['small', 2, 2],
  ['medium', 2, 4],
  ['large', 2, 8],
  ['xlarge', 4, 16],
] as const;

const family = (name: string, architecture: Image['architecture'], sizes: readonly (typeof SIZES)[number][]) =>
  sizes.map(
    ([size, vcpus, gib]): InstanceType => ({
      name: `${name}.${size}`,
      architecture,
      vcpus,
      memoryMib: gib * GIB,
      current: true,
    }),
  );

/** A few families of many. Source: "Amazon EC2 instance types" (t3, t4g, m7i, m7g, m1); checked 2026-11-30. */
const TYPES: readonly InstanceType[] = [
  ...family('t3', 'x86_64', SIZES),
  ...family('t4g', 'arm64', SIZES),
  ...family('m7i', 'x86_64', SIZES.slice(-2)),
  ...family('m7g', 'arm64', SIZES.slice(-2)),
  { name: 'm1.small', architecture: 'x86_64', vcpus: 1, memoryMib: 1_740, current: false },
];

/** The zone of North Virginia whose hardware is old. Source: re:Post, "InsufficientInstanceCapacity"; checked 2026-11-30. */
const OLD_ZONE = 'us-east-1e';

export const instanceTypes = (): readonly InstanceType[] => TYPES;

export function isOffered({ current }: InstanceType, { name }: Zone): boolean {
  return !current || name !== OLD_ZONE;
}

/** The type of that name. Throws as RunInstances does. */
export function findInstanceType(name: string): InstanceType {
  const found = TYPES.find((type) => type.name === name);
  if (!found) throw new AwsError('InvalidParameterValue', `Invalid value '${name}' for InstanceType.`);
  return found;
}

/** As DescribeInstanceTypes shows it. */
export const shownType = ({ name, architecture, vcpus, memoryMib, current }: InstanceType): InstanceTypeInfo => ({
  InstanceType: name as never,
  CurrentGeneration: current,
  BurstablePerformanceSupported: /^t\d/.test(name),
  SupportedUsageClasses: ['on-demand', 'spot'],
  SupportedRootDeviceTypes: ['ebs'],
  SupportedVirtualizationTypes: ['hvm'],
  ProcessorInfo: { SupportedArchitectures: [architecture] },
  VCpuInfo: { DefaultVCpus: vcpus },
  MemoryInfo: { SizeInMiB: memoryMib },
  EbsInfo: { EncryptionSupport: 'supported' },
});
