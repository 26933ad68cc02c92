import { ACMClient } from '@aws-sdk/client-acm';
import { IAMClient } from '@aws-sdk/client-iam';
import { revokeAccount } from '../../aws/acme/accounts.ts';
import { deleteBinding, endBinding } from '../../aws/acme/bindings.ts';
import { deleteDomainValidation } from '../../aws/acme/domain-validations.ts';
import { deleteEndpoint } from '../../aws/acme/endpoints.ts';
import { client } from '../../aws/clients.ts';
import { isCode } from '../../aws/error-code.ts';
import { deleteRole, putRolePolicy } from '../../aws/roles/roles.ts';
import { Failure } from '../../domain/errors.ts';
import type { Applied, Applying } from '../resource.ts';
import { type DesiredAccess, ENDPOINT, type SeenAccess, VALIDATION } from './changes.ts';
import { issuingPolicy, POLICY_NAME } from './role.ts';
import { standingAccess } from './standing.ts';

/** Ends the access of the server, and deletes what validated the names that the document no longer has. */
export const releaseDomainValidations: Applying<DesiredAccess, SeenAccess> = {
  standing: standingAccess,

  async apply({ verb, resource: { type, id = '', name }, after, message }, actual) {
    const acm = client(ACMClient);
    if (type === VALIDATION) {
      await deleteDomainValidation(acm, id);
      const validations = actual.validations.filter(({ arn }) => arn !== id);
      return { actual: { ...actual, validations }, message: `Deleted the domain validation of "${name}"` };
    }
    if (type === ENDPOINT) {
      await deleteEndpoint(acm, id);
      const { endpoint: _, ...rest } = actual;
      return { actual: rest, message: 'Deleted the ACME endpoint of the stack' };
    }
    if (verb === 'delete') return endAccess(actual);
    const { names } = after as { names: string[] };
    await putRolePolicy(client(IAMClient), { name, policyName: POLICY_NAME, policy: issuingPolicy(names) });
    const { role } = actual;
    return { actual: { ...actual, ...(role && { role: { ...role, names } }) }, message };
  },

  explain(error) {
    if (error instanceof Failure || !isCode(error, 'Conflict')) return error;
    return new Failure('NotReady', `Waiting until ACM deletes what it still creates (${error.message})`, {
      cause: error,
    });
  },
};

/** Credentials first, so that none registers another account; the role last: without it no account is worth anything. */
async function endAccess(actual: SeenAccess): Promise<Applied<SeenAccess>> {
  const acm = client(ACMClient);
  const { endpoint, accounts, bindings, roleName, role: _, ...rest } = actual;
  if (endpoint) {
    for (const arn of bindings) await endBinding(acm, arn);
    for (const url of accounts) await revokeAccount(acm, { endpointArn: endpoint.arn, url });
    for (const arn of bindings) await deleteBinding(acm, arn);
  }
  await deleteRole(client(IAMClient), { name: roleName, policyName: POLICY_NAME });
  return {
    actual: { ...rest, roleName, ...(endpoint && { endpoint }), accounts: [], bindings: [] },
    message: `Revoked the server's access to the ACME endpoint and deleted the role "${roleName}"`,
  };
}
