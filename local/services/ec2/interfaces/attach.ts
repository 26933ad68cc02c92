import { AwsError } from '../../../wire/service.ts';
import { isReserved } from '../address-plan.ts';
import { covers } from '../cidr.ts';
import type { Ec2 } from '../ec2.ts';
import { passes } from '../groups/enforcement.ts';
import { newId, newIdOf } from '../ids.ts';
import type { Region } from '../region.ts';
import type { Subnet } from '../subnets/subnet.ts';
import type { NetworkInterface } from './network-interface.ts';

interface Wanted {
  subnet: Subnet;
  groupIds: string[];
  description: string;
  /** Default: the first free one. */
  privateAddress?: string | undefined;
  ipv6Count?: number;
  requester?: 'amazon-elb';
  instanceId?: string;
}

/** Makes an interface with its addresses in the small internet, guarded by its groups. */
export function attachInterface(ec2: Ec2, region: Region, wanted: Wanted): NetworkInterface {
  const { draws, clock } = ec2.host;
  const { subnet, groupIds, description, requester, instanceId } = wanted;
  const ipv6Count = wanted.ipv6Count ?? 0;
  if (ipv6Count > 0 && !subnet.ipv6) throw noIpv6(subnet);
  const privateAddress = takePrivate(ec2, subnet, wanted.privateAddress);
  const networkInterface: NetworkInterface = {
    interfaceId: newIdOf(draws, 'interface'),
    subnet,
    mac: `02${draws.hex('ec2:mac', 10).replace(/../g, ':$&')}`,
    description,
    createdAt: clock.now(),
    groupIds,
    privateAddress,
    ipv6Addresses: [],
    publicAddress: undefined,
    wantsPublicAddress: false,
    requester,
    attachment: { attachmentId: newId(draws, 'eni-attach'), instanceId, attachedAt: clock.now() },
    up: true,
  };
  region.interfaces.set(networkInterface.interfaceId, networkInterface);
  reachable(ec2, region, networkInterface, privateAddress);
  for (let i = 0; i < ipv6Count; i++) addIpv6Address(ec2, region, networkInterface);
  return networkInterface;
}

/** Gives the interface one more IPv6 address of its subnet. */
export function addIpv6Address(ec2: Ec2, region: Region, networkInterface: NetworkInterface): void {
  const { subnet } = networkInterface;
  const address = subnet.ipv6 && ec2.plan.takeFrom(subnet.ipv6.cidr);
  if (address === undefined) throw noIpv6(subnet);
  networkInterface.ipv6Addresses.push(address);
  reachable(ec2, region, networkInterface, address);
}

/** Gives all IPv6 addresses of the interface back. */
export function removeIpv6Addresses(ec2: Ec2, networkInterface: NetworkInterface): void {
  for (const address of networkInterface.ipv6Addresses.splice(0)) {
    unreachable(ec2, address);
    ec2.plan.release(address);
  }
}

/** Deletes the interface and gives its addresses back; an Elastic IP stays its owner's. */
export function detachInterface(ec2: Ec2, region: Region, networkInterface: NetworkInterface): void {
  removePublicAddress(ec2, region, networkInterface);
  removeIpv6Addresses(ec2, networkInterface);
  unreachable(ec2, networkInterface.privateAddress);
  ec2.plan.release(networkInterface.privateAddress);
  region.interfaces.delete(networkInterface.interfaceId);
  region.tags.forget(networkInterface.interfaceId);
}

/** Gives the interface a public address, in place of the one it may have. */
export function setPublicAddress(
  ec2: Ec2,
  region: Region,
  networkInterface: NetworkInterface,
  publicAddress: NonNullable<NetworkInterface['publicAddress']>,
): void {
  removePublicAddress(ec2, region, networkInterface);
  networkInterface.publicAddress = publicAddress;
  reachable(ec2, region, networkInterface, publicAddress.address);
  ec2.readdressed(networkInterface);
}

/** Takes the public address away: Amazon's goes back to the pool, an Elastic IP is disassociated. */
export function removePublicAddress(ec2: Ec2, region: Region, networkInterface: NetworkInterface): void {
  const { publicAddress } = networkInterface;
  if (!publicAddress) return;
  const { address, owner } = publicAddress;
  networkInterface.publicAddress = undefined;
  unreachable(ec2, address);
  if (owner === 'amazon') ec2.plan.release(address);
  else {
    const elasticIp = region.elasticIps.get(owner.allocationId);
    if (elasticIp) elasticIp.association = undefined;
  }
  ec2.readdressed(networkInterface);
}

function reachable(ec2: Ec2, region: Region, networkInterface: NetworkInterface, address: string): void {
  ec2.byAddress.set(address, { networkInterface, leave: ec2.internet.attach(address) });
  ec2.internet.guard(address, (from, port) =>
    passes(ec2, region, { receiver: networkInterface, packet: { from, to: address, port } }),
  );
}

function unreachable(ec2: Ec2, address: string): void {
  ec2.byAddress.get(address)?.leave();
  ec2.byAddress.delete(address);
  ec2.internet.guard(address, undefined);
}

function takePrivate(ec2: Ec2, subnet: Subnet, wanted: string | undefined): string {
  if (wanted !== undefined && (!covers(subnet.cidr, wanted) || isReserved(subnet.cidr, wanted))) {
    throw new AwsError('InvalidParameterValue', `Address ${wanted} does not fall within the subnet's address range`);
  }
  const address = ec2.plan.takeFrom(subnet.cidr, wanted);
  if (address !== undefined) return address;
  if (wanted !== undefined) throw new AwsError('InvalidIPAddress.InUse', `Address ${wanted} is in use.`);
  throw new AwsError(
    'InsufficientFreeAddressesInSubnet',
    `The specified subnet does not have enough free addresses to satisfy the request.`,
  );
}

const noIpv6 = ({ subnetId }: Subnet): AwsError =>
  new AwsError('InvalidParameterValue', `Subnet '${subnetId}' does not have an IPv6 CIDR block`);
