import { Ending, EXIT } from '../exit-codes.ts';

/** A call that a policy does not allow: who made it, and what would allow it. */
export interface Denial {
  /** The ARN of the caller; undefined where AWS does not say. */
  caller?: string | undefined;
  action: string;
  resource: string;
}

/** The end that names the action and the resource, and shows the statement of an IAM policy that allows it. */
export function denied(what: string, { caller = 'this caller', action, resource }: Denial): Ending {
  const statement = JSON.stringify({ Effect: 'Allow', Action: action, Resource: resource }, null, 2);
  return new Ending(
    `Cannot ${what}: ${caller} is not allowed ${action} on ${resource}.\nThis statement in one of its policies allows it:\n\n${statement}\n\nNext: add it, then run the same command again`,
    EXIT.refused,
  );
}

/** AWS's sentence. Source: IAM User Guide, "Troubleshoot access denied error messages"; checked 2026-11-30. */
const SENTENCE =
  /^User: (?<caller>\S+) is not authorized to perform: (?<action>\S+?)(?: on resource: (?<resource>\S+))?(?: |$)/;

/** What an SDK's error says of a denial; undefined for every other error. */
export function denialIn(error: unknown): Denial | undefined {
  const { name = '', message = '' } = error instanceof Error ? error : {};
  if (!/^(AccessDenied|AccessDeniedException|UnauthorizedOperation)$/.test(name)) return undefined;
  const { caller, action = '', resource = '*' } = SENTENCE.exec(message)?.groups ?? {};
  return action === '' ? undefined : { caller, action, resource };
}
