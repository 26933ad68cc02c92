import { TENANT_TAG } from '../ownership.ts';
import type { FieldError } from '../problems/problem.ts';
import type { Instance } from './instance.ts';

/** What keeps an instance from being the origin of a site, of this `tenant` where it has one. Undefined for one that is fine. */
export function instanceProblem(
  id: string,
  instance: Instance | undefined,
  tenant: string | undefined,
): FieldError | undefined {
  const detail = notFound(id, instance) ?? notTheTenants(instance, tenant) ?? notRunning(instance);
  return detail === undefined ? undefined : { pointer: '#/origin/instance/id', detail };
}

function notFound(id: string, instance: Instance | undefined): string | undefined {
  if (instance && instance.state !== 'terminated') return undefined;
  return `Cannot find the instance "${id}" in this account and region; check the id`;
}

/** Of an instance of another tenant it says no more than of one of no tenant. */
function notTheTenants(instance: Instance | undefined, tenant: string | undefined): string | undefined {
  if (!instance || tenant === undefined || instance.tenant === tenant) return undefined;
  const command = `aws ec2 create-tags --resources ${instance.id} --tags Key=${TENANT_TAG},Value=${tenant}`;
  return `Cannot use the instance "${instance.id}": it has no tag "${TENANT_TAG}" with the value "${tenant}"; if it is this tenant's, run "${command}" and declare the site again`;
}

function notRunning(instance: Instance | undefined): string | undefined {
  if (!instance || instance.state === 'running') return undefined;
  return `Cannot use the instance "${instance.id}": it is "${instance.state}"; ${TO_DO[instance.state] ?? 'have it running'} and declare the site again`;
}

/** What a person can do in each state. Source: Amazon EC2 User Guide, "Instance state changes", checked 2026-11-29. */
const TO_DO: Record<string, string> = {
  pending: 'it is starting: wait until it runs',
  stopping: 'wait until it has stopped, start it',
  stopped: 'start it',
  'shutting-down': 'it is being terminated and cannot be started: name another instance',
};
