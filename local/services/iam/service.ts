import type { Host } from '../../host.ts';
import type { Roles } from '../../permissions/roles.ts';
import type { Service } from '../../wire/service.ts';
import { attachmentOperations } from './attachments.ts';
import { awsManagedPolicies } from './aws-managed.ts';
import constraints from './constraints.json' with { type: 'json' };
import { inlinePolicyOperations } from './inline-policies.ts';
import { instanceProfileOperations } from './instance-profiles.ts';
import { managedPolicyOperations } from './managed-policies.ts';
import { roleTagOperations } from './role-tags.ts';
import { roleOperations } from './roles.ts';
import { Spread } from './spread.ts';
import { type IamStore, parsed, type Role } from './store.ts';

/** What the rest of the local AWS asks of roles. */
export interface IamRoles extends Roles {
  find(roleArn: string): Readonly<Role> | undefined;
}

/** What EC2 asks of instance profiles. */
export interface InstanceProfiles {
  /** By name or ARN; undefined for one that is not there, or not yet to be seen. */
  find(nameOrArn: string): { arn: string; id: string; roleArn: string | undefined } | undefined;
}

/** IAM: roles, their policies, and what hands them to instances. */
export function createIam(host: Host): { service: Service; roles: IamRoles; profiles: InstanceProfiles } {
  const store: IamStore = {
    roles: new Map(),
    profiles: new Map(),
    policies: new Map(awsManagedPolicies.map((policy) => [policy.arn, policy])),
  };
  const spread = new Spread(host, store);
  const find = (roleArn: string) => {
    const role = spread.seen('roles', roleArn.split('/').at(-1) ?? '');
    return role?.arn === roleArn ? role : undefined;
  };
  return {
    service: {
      name: 'iam',
      global: true,
      protocol: 'awsQuery',
      model: () => import('@aws-sdk/client-iam'),
      constraints,
      operations: spread.over({
        ...roleOperations(host, store),
        ...roleTagOperations(host, store),
        ...inlinePolicyOperations(host, store),
        ...managedPolicyOperations(host, store),
        ...attachmentOperations(host, store),
        ...instanceProfileOperations(host, store),
      }),
    },
    profiles: {
      find(nameOrArn) {
        const profile = spread.seen('profiles', nameOrArn.split('/').at(-1) ?? '');
        if (!profile || (nameOrArn.startsWith('arn:') && nameOrArn !== profile.arn)) return undefined;
        const { arn, id, role } = profile;
        return { arn, id, roleArn: store.roles.get(role?.toLowerCase() ?? '')?.arn };
      },
    },
    roles: {
      find,
      trustOf(roleArn) {
        const role = find(roleArn);
        return role && parsed(role.trust);
      },
      policiesOf(roleArn) {
        const role = find(roleArn);
        const attached = [...(role?.attached ?? [])].flatMap((arn) => store.policies.get(arn)?.document ?? []);
        return [...(role?.inline.values() ?? []), ...attached].map(parsed);
      },
      boundaryOf(roleArn) {
        const { boundary } = find(roleArn) ?? {};
        if (boundary === undefined) return undefined;
        const document = store.policies.get(boundary)?.document;
        // A boundary whose policy is gone allows nothing.
        return document === undefined ? { Statement: [] } : parsed(document);
      },
    },
  };
}
