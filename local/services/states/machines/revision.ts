import type { Definition } from '../language/definition.ts';

/** A state machine as it is at one time. Executions keep the one that they started with, whatever is updated since. */
export interface Revision {
  definition: Definition;
  roleArn: string;
  stateMachineArn: string;
  stateMachineName: string;
  region: string;
  /** Absent until the first update. */
  revisionId: string | undefined;
  updateDate: Date;
  /** The state machine is being deleted: executions end at their next transition. */
  deleting(): boolean;
}
