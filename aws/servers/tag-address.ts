import { CreateTagsCommand, DeleteTagsCommand, type EC2Client } from '@aws-sdk/client-ec2';
import { tagList } from '../tags.ts';

/** Tags an Elastic IP address; its other tags stay. One that is released already needs no tags. */
export async function tagAddress(
  ec2: EC2Client,
  { allocationId, tags }: { allocationId: string; tags: Record<string, string> },
): Promise<void> {
  try {
    await ec2.send(new CreateTagsCommand({ Resources: [allocationId], Tags: tagList(tags) }));
  } catch (error) {
    if (!(error instanceof Error && error.name === 'InvalidAllocationID.NotFound')) throw error;
  }
}

/** Takes tags off an Elastic IP address, where they have these values. */
export async function untagAddress(
  ec2: EC2Client,
  { allocationId, tags }: { allocationId: string; tags: Record<string, string> },
): Promise<void> {
  await ec2.send(new DeleteTagsCommand({ Resources: [allocationId], Tags: tagList(tags) }));
}
