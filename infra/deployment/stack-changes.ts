import {
  type CloudFormationClient,
  paginateDescribeStackEvents,
  type StackEvent,
} from '@aws-sdk/client-cloudformation';

/** What became of a resource of a stack: "CREATE_COMPLETE", "UPDATE_FAILED". */
export interface StackChange {
  logicalId: string;
  type: string;
  status: string;
  /** Why it failed. */
  reason?: string;
}

/** What a deployment changes in a stack, by the events that are new after it. */
export interface StackChanges {
  /** In the order in which they ended; undefined where the caller may not read events: CDK deploys as a role of its own. */
  read(): Promise<StackChange[] | undefined>;
}

/** Remembers the newest event of a stack, or that there is no stack. */
export async function watchChanges(cloudFormation: CloudFormationClient, stack: string): Promise<StackChanges> {
  const before = (await newestFirst(cloudFormation, stack).next()).value?.EventId;
  return {
    async read() {
      const changes: StackChange[] = [];
      let isReadable = false;
      for await (const event of newestFirst(cloudFormation, stack)) {
        isReadable = true;
        if (event.EventId === before) break;
        const { LogicalResourceId: logicalId = '', ResourceType: type = '', ResourceStatus: status = '' } = event;
        if (event.PhysicalResourceId === event.StackId || !/_(COMPLETE|FAILED)$/.test(status)) continue;
        const reason = status.endsWith('_FAILED') ? event.ResourceStatusReason : undefined;
        changes.unshift({ logicalId, type, status, ...(reason !== undefined && { reason }) });
      }
      return isReadable ? changes : undefined;
    },
  };
}

/** None of a stack that there is not, or whose events may not be read. */
async function* newestFirst(client: CloudFormationClient, stack: string): AsyncGenerator<StackEvent, undefined> {
  try {
    for await (const { StackEvents = [] } of paginateDescribeStackEvents({ client }, { StackName: stack }))
      yield* StackEvents;
  } catch (error) {
    // "Stack [Nameplate] does not exist" is a ValidationError.
    if (!['ValidationError', 'AccessDenied', 'AccessDeniedException'].includes((error as Error).name)) throw error;
  }
  return undefined;
}
