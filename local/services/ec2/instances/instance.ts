import type { InstanceStateName, Instance as ShownInstance, StateReason } from '@aws-sdk/client-ec2';
import type { Timer } from '../../../clock/clock.ts';
import type { Ec2 } from '../ec2.ts';
import { type Image, ROOT_DEVICE } from '../images/image.ts';
import {
  type NetworkInterface,
  privateDnsName,
  publicDnsName,
  shownAssociation,
  shownGroups,
} from '../interfaces/network-interface.ts';
import type { Region } from '../region.ts';
import { shownMapping, type Volume } from '../volumes/volume.ts';
import type { InstanceProfile } from './instance-profile.ts';
import type { WebServer } from './web-server.ts';

/** How its metadata service answers. */
export interface Metadata {
  tokens: 'optional' | 'required';
  hopLimit: number;
  endpoint: 'enabled' | 'disabled';
}

export interface Instance {
  instanceId: string;
  reservationId: string;
  launchIndex: number;
  region: Region;
  image: Image;
  instanceType: string;
  keyName: string | undefined;
  metadata: Metadata;
  /** Its root volume. */
  volume: Volume;
  /** Whether cloud-init has run: most of user data is done at the first boot alone. */
  hasBooted: boolean;
  /** When Systems Manager's agent was started, and when it was ended; undefined where there is none. */
  agent?: { since: Date; until?: Date };
  /** Whether it has a web server. */
  isInstalled: boolean;
  clientToken: string | undefined;
  /** Base64, as it was given. */
  userData: string | undefined;
  profile: Pick<InstanceProfile, 'arn' | 'id'> | undefined;
  monitored: boolean;
  protectedFromTermination: boolean;
  launchedAt: Date;
  state: InstanceStateName;
  stateReason: StateReason | undefined;
  /** "User initiated (2026-11-22 12:00:00 GMT)"; empty while it runs. */
  transitionReason: string;
  /** Since when both status checks pass; undefined while they initialize. */
  checkedAt: Date | undefined;
  /** Gone with the instance once that is terminated. */
  networkInterface: NetworkInterface;
  web: WebServer;
  /** What will happen to it by itself. */
  timers: Timer[];
}

// Source: EC2 API reference, InstanceState; checked 2026-11-22.
const STATE_CODES: Record<InstanceStateName, number> = {
  pending: 0,
  running: 16,
  'shutting-down': 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
};

/** As every answer shows a state: { Code: 16, Name: "running" }. */
export const shownState = (state: InstanceStateName) => ({ Code: STATE_CODES[state], Name: state });

/** "arn:aws:ec2:us-east-1:123456789012:instance/i-0f2c…" */
export const instanceArn = (ec2: Ec2, { region, instanceId }: Instance): string =>
  `arn:aws:ec2:${region.name}:${ec2.host.account}:instance/${instanceId}`;

/** As DescribeInstances shows it. */
export function shownInstance(ec2: Ec2, instance: Instance): ShownInstance {
  const { region, networkInterface, state } = instance;
  return {
    InstanceId: instance.instanceId,
    ImageId: instance.image.imageId,
    ...(instance.keyName !== undefined && { KeyName: instance.keyName }),
    InstanceType: instance.instanceType as never,
    State: shownState(state),
    StateTransitionReason: instance.transitionReason,
    ...(instance.stateReason && { StateReason: instance.stateReason }),
    LaunchTime: instance.launchedAt,
    AmiLaunchIndex: instance.launchIndex,
    ...(instance.clientToken !== undefined && { ClientToken: instance.clientToken }),
    ...(instance.profile && { IamInstanceProfile: { Arn: instance.profile.arn, Id: instance.profile.id } }),
    Architecture: instance.image.architecture,
    Hypervisor: 'xen',
    VirtualizationType: 'hvm',
    RootDeviceType: 'ebs',
    RootDeviceName: ROOT_DEVICE,
    BlockDeviceMappings: state === 'terminated' ? [] : [shownMapping(instance.volume)],
    MetadataOptions: {
      State: state === 'pending' ? 'pending' : 'applied',
      HttpTokens: instance.metadata.tokens,
      HttpPutResponseHopLimit: instance.metadata.hopLimit,
      HttpEndpoint: instance.metadata.endpoint,
    },
    EbsOptimized: false,
    EnaSupport: true,
    Monitoring: { State: instance.monitored ? 'enabled' : 'disabled' },
    Placement: { AvailabilityZone: networkInterface.subnet.zone.name, Tenancy: 'default', GroupName: '' },
    ProductCodes: [],
    Tags: region.tags.shown(instance.instanceId),
    ...(state === 'terminated' ? { PrivateDnsName: '', PublicDnsName: '' } : shownNetwork(ec2, instance)),
  };
}

function shownNetwork(ec2: Ec2, { region, networkInterface: own }: Instance): ShownInstance {
  const association = shownAssociation(ec2, region, own);
  const { subnet, attachment } = own;
  const named = region.vpcs.get(subnet.vpcId)?.dnsHostnames;
  return {
    VpcId: subnet.vpcId,
    SubnetId: subnet.subnetId,
    PrivateIpAddress: own.privateAddress,
    PrivateDnsName: privateDnsName(region, own.privateAddress),
    PublicDnsName: named && own.publicAddress ? publicDnsName(region, own.publicAddress.address) : '',
    ...(own.publicAddress && { PublicIpAddress: own.publicAddress.address }),
    ...(own.ipv6Addresses[0] && { Ipv6Address: own.ipv6Addresses[0] }),
    SourceDestCheck: true,
    SecurityGroups: shownGroups(region, own.groupIds),
    NetworkInterfaces: [
      {
        NetworkInterfaceId: own.interfaceId,
        VpcId: subnet.vpcId,
        SubnetId: subnet.subnetId,
        OwnerId: ec2.host.account,
        Description: own.description,
        InterfaceType: 'interface',
        Status: 'in-use',
        MacAddress: own.mac,
        SourceDestCheck: true,
        PrivateIpAddress: own.privateAddress,
        PrivateIpAddresses: [
          { Primary: true, PrivateIpAddress: own.privateAddress, ...(association && { Association: association }) },
        ],
        Ipv6Addresses: own.ipv6Addresses.map((Ipv6Address) => ({ Ipv6Address })),
        ...(association && { Association: association }),
        Groups: shownGroups(region, own.groupIds),
        Attachment: {
          AttachmentId: attachment.attachmentId,
          AttachTime: attachment.attachedAt,
          DeviceIndex: 0,
          DeleteOnTermination: true,
          Status: 'attached',
        },
      },
    ],
  };
}
