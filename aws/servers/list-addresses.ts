import { type Address, DescribeAddressesCommand, type EC2Client } from '@aws-sdk/client-ec2';
import type { ElasticAddress } from '../../domain/servers/elastic-address.ts';
import { tagRecord } from '../tags.ts';

/** Elastic IP addresses by a filter ("instance-id", "tag:nameplate:site"), or all of the region. */
export async function listAddresses(ec2: EC2Client, by?: { filter: string; value: string }): Promise<ElasticAddress[]> {
  const { Addresses = [] } = await ec2.send(
    new DescribeAddressesCommand(by ? { Filters: [{ Name: by.filter, Values: [by.value] }] } : {}),
  );
  return Addresses.map(elasticAddress);
}

function elasticAddress({
  AllocationId = '',
  PublicIp = '',
  InstanceId,
  AssociationId,
  Tags,
}: Address): ElasticAddress {
  return {
    allocationId: AllocationId,
    address: PublicIp,
    ...(InstanceId ? { instanceId: InstanceId } : {}),
    ...(AssociationId ? { associationId: AssociationId } : {}),
    tags: tagRecord(Tags),
  };
}
