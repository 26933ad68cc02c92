import type { PolicyDocument } from './policy.ts';

/** What the permissions need to know of roles. */
export interface Roles {
  /** The role's inline and attached policies; none for a role that does not exist. */
  policiesOf(roleArn: string): PolicyDocument[];
  /** What bounds all that the policies allow; undefined for a role without a permissions boundary. */
  boundaryOf?(roleArn: string): PolicyDocument | undefined;
  /** Who may assume the role; undefined for a role that does not exist. */
  trustOf(roleArn: string): PolicyDocument | undefined;
}
