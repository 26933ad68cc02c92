import { AllocateAddressCommand, type EC2Client } from '@aws-sdk/client-ec2';
import type { ElasticAddress } from '../../domain/servers/elastic-address.ts';
import { tagList } from '../tags.ts';

/**
 * Allocates an Elastic IP address. The call knows no token, and each time it is sent it makes another: give a client that
 * sends it once. The tags are what it is found by when its answer is lost.
 */
export async function allocateAddress(ec2: EC2Client, tags: Record<string, string>): Promise<ElasticAddress> {
  const { AllocationId, PublicIp } = await ec2.send(
    new AllocateAddressCommand({
      Domain: 'vpc',
      TagSpecifications: [{ ResourceType: 'elastic-ip', Tags: tagList(tags) }],
    }),
  );
  if (!AllocationId || !PublicIp) throw new Error('Cannot allocate an Elastic IP address: the answer is empty');
  return { allocationId: AllocationId, address: PublicIp, tags };
}
