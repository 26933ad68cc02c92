import { ACMClient } from '@aws-sdk/client-acm';
import { IAMClient } from '@aws-sdk/client-iam';
import { listAccounts } from '../../aws/acme/accounts.ts';
import { listBindings } from '../../aws/acme/bindings.ts';
import {
  type ListedValidation,
  listDomainValidations,
  readValidationRecord,
} from '../../aws/acme/domain-validations.ts';
import { readAcmeTags } from '../../aws/acme/endpoints.ts';
import { readRole } from '../../aws/roles/roles.ts';
import { acmeNames } from '../../domain/certificates/server-names.ts';
import { type StepOutputs, stepOf } from '../../domain/ledger/outputs.ts';
import { isOwnedBy } from '../../domain/ownership.ts';
import { namesOf } from '../../domain/sites/names-of.ts';
import type { Look, Resource, Scope } from '../resource.ts';
import {
  accessChanges,
  accessHandles,
  type DesiredAccess,
  ENDPOINT,
  ROLE,
  type SeenAccess,
  type SeenRole,
  type SeenValidation,
  VALIDATION,
} from './changes.ts';
import { readEndpoint } from './read-endpoint.ts';
import { namesIn, POLICY_NAME, roleName } from './role.ts';

/**
 * What a server needs to request its own certificate from ACM by ACME: the endpoint of the stack, a domain validation for each name, and
 * a role for these names. Credentials are made when they are asked for, and are released here.
 */
export const domainValidation: Resource<DesiredAccess, SeenAccess, StepOutputs['RequestDomainValidations']> = {
  type: VALIDATION,
  parts: [ENDPOINT, ROLE],
  desired: ({ site }) => {
    const names = site ? acmeNames(site) : [];
    return names.length > 0 ? [{ names }] : [];
  },
  read: readAccess,
  changes: accessChanges,
  handles: (desired, seen) => accessHandles(desired, seen),
};

async function readAccess(look: Look, scope: Scope): Promise<SeenAccess> {
  const name = roleName(scope.owner, look.environment.region);
  const nothing: SeenAccess = { roleName: name, validations: [], others: 0, accounts: [], bindings: [] };
  // Most sites never had any: a step that has not begun has made nothing.
  const isBegun = scope.record !== undefined && stepOf(scope.record, 'RequestDomainValidations') !== undefined;
  if (look.phase === 'release' && !isBegun) return nothing;
  const acm = look.clients(ACMClient);
  const [endpoint, role] = await Promise.all([
    readEndpoint(acm, scope.owner),
    readOwnRole(look.clients(IAMClient), name),
  ]);
  const seen: SeenAccess = { ...nothing, ...(role && { role }) };
  if (!endpoint) return seen;
  const listed = await listDomainValidations(acm, endpoint.arn);
  const active = listed.filter(({ status }) => status !== 'DELETING');
  const names = namesOfSite(scope);
  const validations = await Promise.all(
    active.filter(({ domain }) => names.has(domain)).map((each) => readValidation(acm, each, look)),
  );
  const ours = validations.filter(({ tags }) => isOwnedBy(scope.owner, tags));
  return {
    ...seen,
    endpoint,
    validations,
    others: active.length - ours.length,
    ...(look.phase === 'release' && role && (await readClients(acm, { endpointArn: endpoint.arn, roleArn: role.arn }))),
  };
}

/** All names that the site may have had validated: those of its documents, and of earlier ones. */
function namesOfSite({ site, record }: Scope): Set<string> {
  const { item } = record ?? {};
  // The origin name among them: a server behind CloudFront may have a certificate for that alone.
  const documents = [site, item?.site, item?.live].flatMap((each) =>
    each ? namesOf(each).map(({ name }) => name) : [],
  );
  const former = record?.steps.flatMap(({ made }) => made).filter(({ type }) => type === VALIDATION) ?? [];
  return new Set([...documents, ...(item?.former ?? []), ...former.flatMap(({ detail }) => detail ?? [])]);
}

async function readValidation(
  acm: ACMClient,
  { arn, domain, status }: ListedValidation,
  { phase }: Look,
): Promise<SeenValidation> {
  const [tags, record] = await Promise.all([
    readAcmeTags(acm, arn),
    phase === 'release' ? undefined : readValidationRecord(acm, { arn, domain }),
  ]);
  return { arn, domain, status, tags, ...(record && { record }) };
}

async function readOwnRole(iam: IAMClient, name: string): Promise<SeenRole | undefined> {
  const found = await readRole(iam, { name, policyName: POLICY_NAME });
  return found && { arn: found.arn, tags: found.tags, names: namesIn(found.policy) };
}

async function readClients(
  acm: ACMClient,
  of: { endpointArn: string; roleArn: string },
): Promise<Pick<SeenAccess, 'accounts' | 'bindings'>> {
  const bindings = (await listBindings(acm, of)).map(({ arn }) => arn);
  return { bindings, accounts: await listAccounts(acm, { endpointArn: of.endpointArn, bindings }) };
}
