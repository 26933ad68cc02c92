import type { Instance, Subnet } from '../../domain/servers/instance.ts';
import { placeOfInstance, type TargetPlace } from '../../domain/servers/target-place.ts';
import { aSite } from './site.ts';

/** A running instance in zone a. */
export function anInstance(changes: Partial<Instance> = {}): Instance {
  return {
    id: 'i-0123456789abcdef0',
    state: 'running',
    type: 't3.micro',
    volumeIds: ['vol-0123456789abcdef0'],
    vpcId: 'vpc-01234567',
    subnetId: 'subnet-0000000a',
    zone: 'us-east-1a',
    privateAddress: '10.0.0.4',
    networkInterfaceId: 'eni-01234567',
    tags: {},
    securityGroupIds: ['sg-01234567'],
    ...changes,
  };
}

/** Where that instance is. */
export function aPlace(changes: Partial<Instance> = {}): TargetPlace {
  return placeOfInstance(aSite(), anInstance(changes));
}

/** A public subnet of the instance's VPC: `aSubnet('b')` is "subnet-0000000b" in "us-east-1b". */
export function aSubnet(letter: string, changes: Partial<Subnet> = {}): Subnet {
  const zone = `us-east-1${letter}`;
  return {
    id: `subnet-0000000${letter}`,
    vpcId: 'vpc-01234567',
    zone,
    cidr: `10.0.${letter.charCodeAt(0) - 97}.0/24`,
    freeAddresses: 250,
    public: true,
    ipv6: false,
    routes: [
      { cidr: '10.0.0.0/16', target: 'local', blackhole: false },
      { cidr: '0.0.0.0/0', target: 'igw-1', blackhole: false },
    ],
    ...changes,
  };
}
