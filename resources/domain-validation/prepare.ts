import { createHash } from 'node:crypto';
import { ACMClient } from '@aws-sdk/client-acm';
import { IAMClient } from '@aws-sdk/client-iam';
import {
  createDomainValidation,
  deleteDomainValidation,
  readValidationRecord,
} from '../../aws/acme/domain-validations.ts';
import { createEndpoint } from '../../aws/acme/endpoints.ts';
import { client } from '../../aws/clients.ts';
import { isCode } from '../../aws/error-code.ts';
import { createRole, putRolePolicy } from '../../aws/roles/roles.ts';
import { Failure } from '../../domain/errors.ts';
import { listed } from '../../domain/listed.ts';
import { isOwnedBy, ownerTags } from '../../domain/ownership.ts';
import type { Applied, Applying, Doing } from '../resource.ts';
import { type DesiredAccess, ENDPOINT, ROLE, type SeenAccess, VALIDATION } from './changes.ts';
import { endpointTags, readEndpoint } from './read-endpoint.ts';
import { issuingPolicy, POLICY_NAME, rolePath, TRUST } from './role.ts';
import { standingAccess, validationMade } from './standing.ts';

/** Makes what a server needs to request its certificate, and waits until ACM has named a validation record for each name. */
export const requestDomainValidations: Applying<DesiredAccess, SeenAccess> = {
  standing: standingAccess,

  apply(change, actual, doing) {
    const { type, name } = change.resource;
    if (type === ENDPOINT) return makeEndpoint(actual, doing);
    if (type === VALIDATION) return makeValidation(name, actual, doing);
    return makeRole((change.after as { names: string[] }).names, actual, doing);
  },

  after({ endpoint, validations }, { scope }) {
    if (endpoint?.status !== 'ACTIVE') throw notActive();
    const usable = validations.filter(({ status }) => status !== 'INVALID');
    const names = scope.site ? usable.filter(({ record }) => !record).map(({ domain }) => `"${domain}"`) : [];
    if (names.length > 0)
      throw new Failure('NotReady', `Waiting until ACM names the validation record for ${listed(names)}`);
    return Promise.resolve();
  },

  outcome: ({ endpoint, validations }) => ({
    message: `The ACME endpoint ${endpoint?.directory ?? ''} has been asked to validate ${listed([
      ...new Set(validations.map(({ domain }) => `"${domain}"`)),
    ])}`,
  }),

  explain(error) {
    if (error instanceof Failure) return error;
    // Another site of the stack, or an earlier run whose answer was lost: the next look finds it.
    if (isCode(error, 'Conflict', 'ResourceNotFound', 'EntityAlreadyExists', 'ConcurrentModification', 'NoSuchEntity'))
      return new Failure('NotReady', `Waiting until AWS returns what was made before (${error.message})`, {
        cause: error,
      });
    return error;
  },
};

const notActive = (): Failure => new Failure('NotReady', 'Waiting until the ACME endpoint of the stack is active');

async function makeEndpoint(actual: SeenAccess, { scope }: Doing): Promise<Applied<SeenAccess>> {
  const acm = client(ACMClient);
  const { owner } = scope;
  const token = createHash('sha256').update(`acme endpoint ${owner.stack}`).digest('hex').slice(0, MAX_TOKEN);
  const arn = await createEndpoint(acm, { token, tags: endpointTags(owner) });
  const endpoint = await readEndpoint(acm, owner);
  // The token of one that is being deleted gives that one, until it is gone.
  if (!endpoint) throw new Failure('NotReady', `Waiting until ACM returns the ACME endpoint ${arn}`);
  return { actual: { ...actual, endpoint }, message: `Created the ACME endpoint ${endpoint.directory}` };
}

/** Source: CreateAcmeEndpoint, `IdempotencyToken`; checked 2026-11-30. */
const MAX_TOKEN = 32;

async function makeValidation(
  domain: string,
  actual: SeenAccess,
  { scope, keep }: Doing,
): Promise<Applied<SeenAccess>> {
  const { endpoint } = actual;
  // ACM fails a validation at an endpoint that is not active yet.
  if (endpoint?.status !== 'ACTIVE') throw notActive();
  const acm = client(ACMClient);
  const tags = ownerTags(scope.owner);
  const failed = actual.validations.filter((each) => each.domain === domain && isOwnedBy(scope.owner, each.tags));
  for (const { arn: invalid } of failed) await deleteDomainValidation(acm, invalid);
  const arn = await createDomainValidation(acm, { endpointArn: endpoint.arn, domain, tags });
  await keep(validationMade({ arn, domain }));
  const record = await readValidationRecord(acm, { arn, domain });
  const made = { arn, domain, status: 'VALIDATING', tags, ...(record && { record }) };
  return {
    actual: { ...actual, validations: [...actual.validations.filter((each) => !failed.includes(each)), made] },
    message: `Asked the ACME endpoint to validate "${domain}"`,
  };
}

/** The role is created without rights, bounded by the policy of the stack; then it gets those for its names. */
async function makeRole(names: readonly string[], actual: SeenAccess, doing: Doing): Promise<Applied<SeenAccess>> {
  const { scope, environment, keep } = doing;
  const { owner } = scope;
  const { roleName: name } = actual;
  const iam = client(IAMClient);
  const tags = ownerTags(owner);
  const boundary = environment.acmeBoundary;
  if (boundary === undefined) throw new Error('Cannot create a role: the function has no permissions boundary for it');
  const path = rolePath({ stack: owner.stack, region: environment.region });
  const arn =
    actual.role?.arn ??
    (await createRole(iam, {
      name,
      path,
      description: `ACME clients of ${owner.domain} (${owner.stack})`,
      trust: TRUST,
      boundary,
      tags,
    }));
  await keep({ type: ROLE, id: arn, ours: true });
  await putRolePolicy(iam, { name, policyName: POLICY_NAME, policy: issuingPolicy(names) });
  const quoted = listed(names.map((each) => `"${each}"`));
  return {
    actual: { ...actual, role: { arn, tags, names: [...names] } },
    message: `The role "${name}" may request certificates for ${quoted}`,
  };
}
