import type { DescribeInstancesRequest, DescribeInstancesResult, Reservation } from '@aws-sdk/client-ec2';
import type { Operation } from '../../../wire/service.ts';
import type { Ec2 } from '../ec2.ts';
import { type Field, filtered } from '../filters.ts';
import { page } from '../paging.ts';
import type { Region } from '../region.ts';
import { findInstances } from './find-instances.ts';
import { type Instance, shownInstance, shownState } from './instance.ts';

/** Describes the instances of the region by the requests that launched them. */
export function describeInstances(ec2: Ec2): Operation<DescribeInstancesRequest, DescribeInstancesResult> {
  return {
    run({ InstanceIds, Filters, MaxResults, NextToken }, call) {
      const region = ec2.region(call.region);
      const instances = InstanceIds?.length ? findInstances(region, InstanceIds) : region.instances.values();
      const found = filtered(instances, Filters, {
        fields: instanceFields(ec2),
        tags: ({ instanceId }) => region.tags.of(instanceId),
      });
      const { items, ...next } = page(found, { MaxResults, NextToken, ids: InstanceIds, idsName: 'instancesSet' });
      const reservations = Map.groupBy(items, ({ reservationId }) => reservationId);
      return {
        Reservations: [...reservations].map(([id, members]) => reservationWith(ec2, id, members)),
        ...next,
      };
    },
  };
}

/** The whole reservation, as RunInstances answers. */
export const shownReservation = (ec2: Ec2, { instances }: Region, reservationId: string): Reservation =>
  reservationWith(
    ec2,
    reservationId,
    [...instances.values()].filter((instance) => instance.reservationId === reservationId),
  );

const reservationWith = (ec2: Ec2, reservationId: string, instances: Instance[]): Reservation => ({
  ReservationId: reservationId,
  OwnerId: ec2.host.account,
  Groups: [],
  Instances: instances.map((instance) => shownInstance(ec2, instance)),
});

function instanceFields(ec2: Ec2): Record<string, Field<Instance>> {
  /** A terminated instance has no network any more. */
  const network =
    (read: Field<Instance>): Field<Instance> =>
    (instance) =>
      instance.state === 'terminated' ? undefined : read(instance);
  return {
    architecture: ({ image }) => image.architecture,
    'availability-zone': ({ networkInterface }) => networkInterface.subnet.zone.name,
    'client-token': ({ clientToken }) => clientToken,
    'dns-name': (instance) => shownInstance(ec2, instance).PublicDnsName,
    'iam-instance-profile.arn': ({ profile }) => profile?.arn,
    'iam-instance-profile.id': ({ profile }) => profile?.id,
    'image-id': ({ image }) => image.imageId,
    'instance-id': ({ instanceId }) => instanceId,
    'instance-state-code': ({ state }) => shownState(state).Code,
    'instance-state-name': ({ state }) => state,
    'instance-type': ({ instanceType }) => instanceType,
    'key-name': ({ keyName }) => keyName,
    'instance.group-id': network(({ networkInterface }) => networkInterface.groupIds),
    'instance.group-name': network(({ networkInterface, region }) => groupNames(region, networkInterface.groupIds)),
    'ip-address': ({ networkInterface }) => networkInterface.publicAddress?.address,
    'ipv6-address': network(({ networkInterface }) => networkInterface.ipv6Addresses),
    'network-interface.addresses.association.public-ip': ({ networkInterface }) =>
      networkInterface.publicAddress?.address,
    'network-interface.group-id': network(({ networkInterface }) => networkInterface.groupIds),
    'network-interface.network-interface-id': network(({ networkInterface }) => networkInterface.interfaceId),
    'owner-id': () => ec2.host.account,
    'private-dns-name': (instance) => shownInstance(ec2, instance).PrivateDnsName,
    'private-ip-address': network(({ networkInterface }) => networkInterface.privateAddress),
    'reservation-id': ({ reservationId }) => reservationId,
    'subnet-id': network(({ networkInterface }) => networkInterface.subnet.subnetId),
    'vpc-id': network(({ networkInterface }) => networkInterface.subnet.vpcId),
  };
}

const groupNames = ({ groups }: Region, ids: string[]) => ids.map((id) => groups.get(id)?.name);
