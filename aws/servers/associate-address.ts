import { AssociateAddressCommand, type EC2Client } from '@aws-sdk/client-ec2';

/** Gives an Elastic IP address to an instance. Refused by EC2 when the address is somebody else's meanwhile. */
export async function associateAddress(
  ec2: EC2Client,
  { allocationId, instanceId }: { allocationId: string; instanceId: string },
): Promise<void> {
  await ec2.send(
    new AssociateAddressCommand({ AllocationId: allocationId, InstanceId: instanceId, AllowReassociation: false }),
  );
}
