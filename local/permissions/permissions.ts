import { accountIn, accountOf } from '../accounts.ts';
import type { Host } from '../host.ts';
import type { Ask, Permissions, Session } from '../wire/permissions.ts';
import type { Principal } from '../wire/service.ts';
import { contextOf } from './policy.ts';
import type { Roles } from './roles.ts';
import { type IssuedCredentials, type NewSession, Sessions } from './sessions.ts';
import { verdictOf } from './statements.ts';

/** Identity-based permissions: who holds which credentials and what their role's policies allow. */
export interface RolePermissions extends Permissions {
  /** Credentials for a session of the role, as Lambda has them in a function's environment. */
  issue(roleArn: string, sessionName: string, options?: Omit<NewSession, 'sessionName'>): IssuedCredentials;
  session(accessKeyId: string): Session | undefined;
}

/** Judges a role's sessions by the role's policies. The administrator and AWS's own services are not judged here. */
export function createPermissions(host: Host, roles: Roles): RolePermissions {
  const sessions = new Sessions();
  return {
    issue: (roleArn, sessionName, options = {}) => sessions.issue(roleArn, { sessionName, ...options }),
    session: (accessKeyId) => sessions.find(accessKeyId),
    refusal({ principal, action, resources, conditions, region }: Ask) {
      if (principal.roleArn === undefined) return undefined;
      const own = accountOf(principal, host.account);
      const policies = roles.policiesOf(principal.roleArn);
      const boundary = roles.boundaryOf?.(principal.roleArn);
      const global = globalKeys(host, principal, region);
      const contextAt = (resource: string) =>
        contextOf({ ...global, 'aws:ResourceAccount': [accountIn(resource) ?? own], ...conditions });
      for (const resource of resources) {
        const ask = { action, resource, context: contextAt(resource) };
        const verdict = verdictOf(policies, ask);
        if (verdict !== 'allow') return sentence({ principal, action, resource, explicit: verdict === 'explicitDeny' });
        const bounded = boundary ? verdictOf([boundary], ask) : 'allow';
        if (bounded !== 'allow')
          return sentence({
            principal,
            action,
            resource,
            explicit: bounded === 'explicitDeny',
            policy: 'a permissions boundary',
          });
      }
      return undefined;
    },
  };
}

/** AWS's own words. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html; checked 2026-11-22. */
function sentence({
  principal,
  action,
  resource,
  explicit,
  policy = 'an identity-based policy',
}: {
  principal: Principal;
  action: string;
  resource: string;
  explicit: boolean;
  policy?: string;
}): string {
  const refused = `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${resource}`;
  return explicit
    ? `${refused} with an explicit deny in ${policy}`
    : `${refused} because no ${policy.replace(/^an? /, '')} allows the ${action} action`;
}

/** The condition keys that every request has. */
function globalKeys(host: Host, principal: Principal, region: string): Record<string, string[]> {
  const now = host.clock.now();
  return {
    'aws:CurrentTime': [now.toISOString()],
    'aws:EpochTime': [String(Math.floor(now.getTime() / 1000))],
    'aws:PrincipalAccount': [accountOf(principal, host.account)],
    'aws:PrincipalArn': [principal.roleArn ?? principal.arn],
    'aws:PrincipalIsAWSService': ['false'],
    'aws:PrincipalType': ['AssumedRole'],
    'aws:RequestedRegion': [region],
    // On AWS the same call goes over TLS; only here it stays on this machine's loopback.
    'aws:SecureTransport': ['true'],
    'aws:ViaAWSService': ['false'],
  };
}
