import { evaluateResourcePolicy } from '../../../permissions/resource-policy.ts';
import type { Keys } from '../../../wire/service.ts';
import type { Acme } from './acme.ts';
import type { AcmeAccount, AcmeEndpoint } from './endpoint.ts';

/** The service that assumes a binding's role. */
export const ACME_SERVICE = 'acm-acme.amazonaws.com';

/** What the role's trust policy must allow it. Source: ACM User Guide, "IAM for ACME certificate automation"; checked 2026-11-29. */
const TRUSTED_ACTIONS = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'];

interface RoleSession {
  name: string;
  sourceIdentity: string;
  tags: Keys;
}

/** Whether the ACME service may assume the role in such a session. No other condition key is known to be there. */
function assumable({ around }: Acme, roleArn: string, { name, sourceIdentity, tags }: RoleSession): boolean {
  const conditions = { 'sts:RoleSessionName': [name], 'sts:SourceIdentity': [sourceIdentity], ...tags };
  return TRUSTED_ACTIONS.every(
    (action) =>
      evaluateResourcePolicy(around.roles.trustOf(roleArn), {
        principal: { service: ACME_SERVICE, arn: ACME_SERVICE },
        action,
        resource: roleArn,
        conditions,
      }) === 'allow',
  );
}

/** Whether a role can be given to a binding of the endpoint: its trust policy alone is looked at. */
export const assumableByAcme = (acme: Acme, roleArn: string, endpoint: AcmeEndpoint): boolean =>
  assumable(acme, roleArn, {
    name: 'acme-verification',
    sourceIdentity: 'acm-acme-verification',
    tags: { 'aws:RequestTag/acme-endpoint-arn': [endpoint.arn] },
  });

interface Asked {
  endpoint: AcmeEndpoint;
  account: AcmeAccount;
  operation: 'FinalizeOrder' | 'RevokeCertificate';
  actions: { action: string; resource: string; conditions: Keys }[];
}

/** Why the account's role may not do all of what is asked: a sentence that names the action. Undefined when it may. */
export function roleRefusal(acme: Acme, { endpoint, account, operation, actions }: Asked): string | undefined {
  const { roleArn } = account;
  const name = `acme-request-${account.id}`;
  const session: RoleSession = {
    name,
    sourceIdentity: `acm-acme-${account.id}`,
    tags: {
      'aws:RequestTag/acme-endpoint-arn': [endpoint.arn],
      'aws:RequestTag/acme-account-url': [account.url],
      'aws:RequestTag/acme-operation': [operation],
    },
  };
  if (!assumable(acme, roleArn, session)) {
    return `${ACME_SERVICE} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`;
  }
  const role = roleArn.split('/').at(-1);
  const principal = { arn: `arn:aws:sts::${endpoint.account}:assumed-role/${role}/${name}`, roleArn };
  for (const { action, resource, conditions } of actions) {
    const ask = { principal, action, resources: [resource], conditions, region: endpoint.region };
    const refusal = acme.around.permissions.refusal(ask);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}
