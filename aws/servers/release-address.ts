import { DisassociateAddressCommand, type EC2Client, ReleaseAddressCommand } from '@aws-sdk/client-ec2';

/** Takes an Elastic IP address off its instance; off already is as good. */
export async function disassociateAddress(ec2: EC2Client, associationId: string): Promise<void> {
  await unlessGone(ec2.send(new DisassociateAddressCommand({ AssociationId: associationId })));
}

/** Gives an Elastic IP address back to AWS; gone already is as good. */
export async function releaseAddress(ec2: EC2Client, allocationId: string): Promise<void> {
  await unlessGone(ec2.send(new ReleaseAddressCommand({ AllocationId: allocationId })));
}

async function unlessGone(asked: Promise<unknown>): Promise<void> {
  try {
    await asked;
  } catch (error) {
    if (!(error instanceof Error && GONE.has(error.name))) throw error;
  }
}

/** Source: EC2 API Reference, "Error codes", checked 2026-11-22. */
const GONE = new Set(['InvalidAssociationID.NotFound', 'InvalidAllocationID.NotFound']);
