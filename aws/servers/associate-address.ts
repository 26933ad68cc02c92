import { AssociateAddressCommand, type EC2Client } from '@aws-sdk/client-ec2';

/**
 * Associates an Elastic IP with an instance. EC2 refuses an address that another instance has. It does not refuse an instance
 * that has another Elastic IP: that one is disassociated, with `AllowReassociation` false too, so read the instance first.
 * Source: EC2 API Reference, AssociateAddress, checked 2026-11-29.
 */
export async function associateAddress(
  ec2: EC2Client,
  { allocationId, instanceId }: { allocationId: string; instanceId: string },
): Promise<void> {
  await ec2.send(
    new AssociateAddressCommand({ AllocationId: allocationId, InstanceId: instanceId, AllowReassociation: false }),
  );
}
