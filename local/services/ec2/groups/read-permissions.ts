import type { IpPermission } from '@aws-sdk/client-ec2';
import { AwsError } from '../../../wire/service.ts';
import { type Cidr, parseCidr } from '../cidr.ts';
import { findPrefixList } from '../prefix-lists/prefix-list.ts';
import type { Region } from '../region.ts';
import type { Peer, Rule } from './rule.ts';
import type { SecurityGroup } from './security-group.ts';

export type WantedRule = Omit<Rule, 'ruleId'>;

/** The older way to say one rule, without IpPermissions; some clients still speak so. */
export interface FlatRule {
  IpProtocol?: string | undefined;
  FromPort?: number | undefined;
  ToPort?: number | undefined;
  CidrIp?: string | undefined;
  SourceSecurityGroupName?: string | undefined;
}

// Source: EC2 API reference, IpPermission and IpRange; checked 2026-11-22.
const NAMES: Record<string, string> = { '6': 'tcp', '17': 'udp', '1': 'icmp', '58': 'icmpv6' };
const HIGHEST_PROTOCOL = 255;
const HIGHEST_PORT = 65_535;
const DESCRIPTION = /^[\w .\-:/()#,@[\]+=&;{}!$*]{0,255}$/;

/** The rules that a request names for `group`, one for each peer. Throws as EC2 does for what can't be a rule. */
export function readPermissions(
  { IpPermissions, ...flat }: FlatRule & { IpPermissions?: IpPermission[] | undefined },
  { region, group, egress }: { region: Region; group: SecurityGroup; egress: boolean },
): WantedRule[] {
  const permissions = IpPermissions?.length ? IpPermissions : asPermissions(flat);
  return permissions.flatMap((permission) => {
    const { protocol, ports } = traffic(permission);
    const peers = peersOf(permission, { region, group });
    if (peers.length === 0) {
      throw new AwsError('MissingParameter', 'The request must contain the parameter cidrIp, cidrIpv6 or groupId');
    }
    return peers.map(({ peer, description }) => ({ egress, protocol, ports, peer, description }));
  });
}

function asPermissions({ IpProtocol, FromPort, ToPort, CidrIp, SourceSecurityGroupName }: FlatRule): IpPermission[] {
  if (SourceSecurityGroupName !== undefined) {
    throw new AwsError(
      'InvalidParameterValue',
      `Invalid value '${SourceSecurityGroupName}' for groupName. Only security groups in EC2-Classic and the default VPC have names to be referenced by.`,
    );
  }
  if (IpProtocol === undefined) {
    throw new AwsError('MissingParameter', 'The request must contain the parameter ipProtocol');
  }
  return [{ IpProtocol, FromPort, ToPort, IpRanges: CidrIp === undefined ? [] : [{ CidrIp }] }];
}

function traffic({ IpProtocol = '', FromPort, ToPort }: IpPermission): Pick<Rule, 'protocol' | 'ports'> {
  const lower = IpProtocol.toLowerCase();
  const protocol = NAMES[lower] ?? lower;
  if (protocol === '-1') return { protocol, ports: undefined };
  if (!isProtocol(protocol)) {
    throw new AwsError('InvalidParameterValue', `Invalid value '${IpProtocol}' for IP protocol. Unknown protocol.`);
  }
  if (!Object.values(NAMES).includes(protocol)) return { protocol, ports: undefined };
  if (FromPort === undefined || ToPort === undefined) {
    if (protocol === 'icmpv6') return { protocol, ports: undefined };
    throw new AwsError(
      'InvalidParameterValue',
      `Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.`,
    );
  }
  if (protocol === 'tcp' || protocol === 'udp') checkPorts(protocol, FromPort, ToPort);
  return { protocol, ports: { from: FromPort, to: ToPort } };
}

const isProtocol = (protocol: string): boolean =>
  Object.values(NAMES).includes(protocol) || (/^\d{1,3}$/.test(protocol) && Number(protocol) <= HIGHEST_PROTOCOL);

function checkPorts(protocol: string, from: number, to: number): void {
  for (const port of [from, to]) {
    if (port < 0 || port > HIGHEST_PORT) {
      throw new AwsError(
        'InvalidParameterValue',
        `Invalid value '${port}' for portRange. Ports must be between 0 and ${HIGHEST_PORT}.`,
      );
    }
  }
  if (from > to) {
    throw new AwsError('InvalidParameterValue', `Invalid ${protocol.toUpperCase()} port range (${from}-${to})`);
  }
}

function peersOf(
  { IpRanges, Ipv6Ranges, UserIdGroupPairs, PrefixListIds }: IpPermission,
  { region, group }: { region: Region; group: SecurityGroup },
): { peer: Peer; description: string | undefined }[] {
  return [
    ...(IpRanges ?? []).map(({ CidrIp = '', Description }) => ({
      peer: { cidr: rangeOf(CidrIp, 4) },
      description: described(Description),
    })),
    ...(Ipv6Ranges ?? []).map(({ CidrIpv6 = '', Description }) => ({
      peer: { cidr: rangeOf(CidrIpv6, 6) },
      description: described(Description),
    })),
    ...(PrefixListIds ?? []).map(({ PrefixListId, Description }) => ({
      peer: { prefixList: findPrefixList(region.name, PrefixListId) },
      description: described(Description),
    })),
    ...(UserIdGroupPairs ?? []).map(({ GroupId = '', Description }) => ({
      peer: { groupId: neighbour(region, group, GroupId) },
      description: described(Description),
    })),
  ];
}

function rangeOf(text: string, family: 4 | 6): Cidr {
  const cidr = parseCidr(text);
  if (cidr?.family !== family) throw new AwsError('InvalidParameterValue', `CIDR block ${text} is malformed`);
  return cidr;
}

function neighbour(region: Region, group: SecurityGroup, groupId: string): string {
  const other = region.groups.get(groupId);
  if (!other) throw new AwsError('InvalidGroup.NotFound', `The security group '${groupId}' does not exist`);
  if (other.vpcId !== group.vpcId) {
    throw new AwsError('InvalidGroup.NotFound', 'You have specified two resources that belong to different networks.');
  }
  return groupId;
}

function described(description: string | undefined): string | undefined {
  if (description === undefined || DESCRIPTION.test(description)) return description;
  throw new AwsError(
    'InvalidParameterValue',
    `Invalid rule description. Valid descriptions are strings less than 256 characters from the following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*`,
  );
}
