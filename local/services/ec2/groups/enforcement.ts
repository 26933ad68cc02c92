import { covers } from '../cidr.ts';
import type { Ec2 } from '../ec2.ts';
import type { NetworkInterface } from '../interfaces/network-interface.ts';
import type { Region } from '../region.ts';
import { routesToInternet } from '../routes/route-table.ts';
import type { Rule } from './rule.ts';

/** A TCP packet on its way to an interface. */
export interface Packet {
  from: string;
  to: string;
  port: number;
}

/**
 * Whether a packet reaches the interface. Private addresses are reached from their own VPC only, public ones only when
 * the subnet's routes lead to an internet gateway; then the sender's groups must let it out and the receiver's in.
 */
export function passes(
  ec2: Ec2,
  region: Region,
  { receiver, packet }: { receiver: NetworkInterface; packet: Packet },
): boolean {
  if (!receiver.up) return false;
  const sender = ec2.byAddress.get(packet.from)?.networkInterface;
  const neighbours = sender?.subnet.vpcId === receiver.subnet.vpcId;
  if (packet.to === receiver.privateAddress && !neighbours) return false;
  if (!neighbours && !routesToInternet(region, receiver.subnet, packet.from)) return false;
  const leaves = !sender || letsThrough(ec2, region, { own: sender, egress: true, packet, other: packet.to });
  return leaves && letsThrough(ec2, region, { own: receiver, egress: false, packet, other: packet.from });
}

function letsThrough(
  ec2: Ec2,
  region: Region,
  { own, egress, packet, other }: { own: NetworkInterface; egress: boolean; packet: Packet; other: string },
): boolean {
  const rules = own.groupIds.flatMap((groupId) => [...(region.groups.get(groupId)?.rules.values() ?? [])]);
  return rules.some((rule) => rule.egress === egress && carries(rule, packet.port) && concerns(ec2, rule, other));
}

const carries = ({ protocol, ports }: Rule, port: number): boolean =>
  protocol === '-1' || (protocol === 'tcp' && ports !== undefined && ports.from <= port && port <= ports.to);

/** A reference to a group means the private (and IPv6) addresses of the interfaces in it, not their public ones. */
function concerns(ec2: Ec2, { peer }: Rule, address: string): boolean {
  if ('cidr' in peer) return covers(peer.cidr, address);
  if ('prefixList' in peer) return peer.prefixList.entries.some((entry) => covers(entry, address));
  const other = ec2.byAddress.get(address)?.networkInterface;
  return other !== undefined && other.publicAddress?.address !== address && other.groupIds.includes(peer.groupId);
}
