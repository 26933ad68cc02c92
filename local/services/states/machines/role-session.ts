import type { Host } from '../../../host.ts';
import type { Dispatch, Principal } from '../../../wire/service.ts';
import type { ExecutionDispatch } from '../execution/execution.ts';
import type { Revision } from './revision.ts';

/** Calls other services as a session of the state machine's role, in the state machine's region. */
export function dispatchAs(
  revision: Revision,
  { host, dispatch }: { host: Host; dispatch: Dispatch },
): ExecutionDispatch {
  const { roleArn, region } = revision;
  const [, , , , account, path = ''] = roleArn.split(':');
  const roleName = path.slice(path.lastIndexOf('/') + 1);
  // AWS gives these sessions 32 characters that say nothing.
  const session = host.draws.hex('states:session', 32);
  const principal: Principal = { arn: `arn:aws:sts::${account}:assumed-role/${roleName}/${session}`, roleArn };
  return (request) => dispatch({ ...request, principal, region });
}
