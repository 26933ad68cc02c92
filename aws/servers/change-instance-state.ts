import {
  DeleteTagsCommand,
  type EC2Client,
  StartInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { tagList } from '../tags.ts';

/** Starts an instance; one that runs stays as it is. */
export async function startInstance(ec2: EC2Client, id: string): Promise<void> {
  await ec2.send(new StartInstancesCommand({ InstanceIds: [id] }));
}

/** Stops an instance; one that is stopped, or about to be, stays as it is. */
export async function stopInstance(ec2: EC2Client, id: string): Promise<void> {
  await ec2.send(new StopInstancesCommand({ InstanceIds: [id] }));
}

/** Terminates an instance, with the volumes that go with it; one that is not there is terminated already. */
export async function terminateInstance(ec2: EC2Client, id: string): Promise<void> {
  try {
    await ec2.send(new TerminateInstancesCommand({ InstanceIds: [id] }));
  } catch (error) {
    if (!(error instanceof Error && error.name === 'InvalidInstanceID.NotFound')) throw error;
  }
}

/** Takes tags off resources of EC2, where they have these values. */
export async function untagResources(
  ec2: EC2Client,
  { ids, tags }: { ids: string[]; tags: Record<string, string> },
): Promise<void> {
  await ec2.send(new DeleteTagsCommand({ Resources: ids, Tags: tagList(tags) }));
}
