import type { Host } from '../../host.ts';
import type { RolePermissions } from '../../permissions/permissions.ts';
import type { Roles } from '../../permissions/roles.ts';
import type { Service } from '../../wire/service.ts';
import { assumeRole } from './assume-role.ts';
import constraints from './constraints.json' with { type: 'json' };
import { getCallerIdentity } from './get-caller-identity.ts';

export interface StsDependencies {
  roles: Roles & { find(roleArn: string): { id: string; maxSessionSeconds: number } | undefined };
  issue: RolePermissions['issue'];
}

/** STS: who is calling, and credentials for a while. */
export function createSts(host: Host, dependencies: StsDependencies): { service: Service } {
  return {
    service: {
      name: 'sts',
      protocol: 'awsQuery',
      model: () => import('@aws-sdk/client-sts'),
      constraints,
      operations: {
        AssumeRole: assumeRole(host, dependencies),
        GetCallerIdentity: getCallerIdentity((roleArn) => dependencies.roles.find(roleArn)?.id),
      },
    },
  };
}
