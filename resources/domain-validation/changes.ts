import type { ValidationRecord } from '../../domain/certificates/validation-record.ts';
import { type Change, inPhase, kept, type ResourceRef, type Unphased } from '../../domain/changes/change.ts';
import { standIn } from '../../domain/changes/stand-in.ts';
import type { StepOutputs } from '../../domain/ledger/outputs.ts';
import { listed } from '../../domain/listed.ts';
import { isOwnedBy, ownerTags, whoseItIs } from '../../domain/ownership.ts';
import type { Scope } from '../resource.ts';

export const VALIDATION = 'domain validation';
export const ENDPOINT = 'ACME endpoint';
export const ROLE = 'ACME role';

/** All that a server needs to request its certificate from the ACME endpoint of the stack. */
export interface DesiredAccess {
  /** Exactly these. */
  names: string[];
}

/** The ACME endpoint of the stack, which all its sites share. */
export interface SeenEndpoint {
  arn: string;
  directory: string;
  status: string;
}

/** A domain validation at the endpoint of the stack, of a name that the site has or had. */
export interface SeenValidation {
  arn: string;
  domain: string;
  status: string;
  tags: Record<string, string>;
  record?: ValidationRecord;
}

/** The role that the certificate requests of the site's server are judged by. */
export interface SeenRole {
  arn: string;
  tags: Record<string, string>;
  /** Those that it may request certificates for; none of a policy that is not as we write it. */
  names: string[];
}

export interface SeenAccess {
  /** What the role is or will be called. */
  roleName: string;
  endpoint?: SeenEndpoint;
  validations: readonly SeenValidation[];
  /** How many domain validations the endpoint has besides those of the site. */
  others: number;
  role?: SeenRole;
  /** The URLs of its accounts and the ARNs of its credentials; read where they are released. */
  accounts: readonly string[];
  bindings: readonly string[];
}

/** The endpoint, a validation for each name, and the role; on release in reverse. */
export function accessChanges([desired]: readonly DesiredAccess[], seen: SeenAccess, scope: Scope): Change[] {
  return [
    ...inPhase('prepare', desired ? preparation(desired, seen, scope) : []),
    ...inPhase('release', released(desired, seen, scope)),
  ];
}

function preparation({ names }: DesiredAccess, seen: SeenAccess, scope: Scope): Unphased[] {
  return [
    endpointChange(seen, scope),
    ...names.map((name) => validationChange(name, seen, scope)),
    roleChange(names, seen, scope),
  ];
}

const endpointRef = ({ owner: { stack } }: Scope, arn?: string): ResourceRef => ({
  type: ENDPOINT,
  name: stack,
  ...(arn !== undefined && { id: arn }),
});

function endpointChange({ endpoint }: SeenAccess, scope: Scope): Unphased {
  const { stack } = scope.owner;
  const state = { authorization: 'PRE_APPROVED', tags: { 'nameplate:stack': stack } };
  if (endpoint) {
    return kept(endpointRef(scope, endpoint.arn), state, `Use the ACME endpoint of the stack "${stack}"`);
  }
  const message = `Create the ACME endpoint of the stack "${stack}", which all its servers share. It is deleted with the last domain validation`;
  return { verb: 'create', resource: endpointRef(scope), after: state, message };
}

function validationChange(name: string, { validations }: SeenAccess, scope: Scope): Unphased {
  const { owner } = scope;
  const resource: ResourceRef = { type: VALIDATION, name };
  const after = { scope: 'ExactDomain', tags: ownerTags(owner) };
  const there = validations.filter(({ domain }) => domain === name);
  const usable = there.find(({ status }) => status !== 'INVALID');
  if (usable && !isOwnedBy(owner, usable.tags)) {
    const message = `Cannot have the ACME endpoint validate "${name}": it has a domain validation for it already, and ${whoseItIs(usable.tags)}. Delete it (aws acm delete-acme-domain-validation), then declare the site again`;
    return { verb: 'conflict', resource: { ...resource, id: usable.arn }, before: { tags: usable.tags }, message };
  }
  if (usable) {
    const how = usable.status === 'VALID' ? 'is valid' : 'waits for its record';
    return kept({ ...resource, id: usable.arn }, after, `Use the domain validation of "${name}", which ${how}`);
  }
  const message = `Have the ACME endpoint validate "${name}", and no name below it`;
  return { verb: 'create', resource, after, message };
}

function roleChange(names: readonly string[], { role, roleName }: SeenAccess, scope: Scope): Unphased {
  const resource: ResourceRef = { type: ROLE, name: roleName, ...(role && { id: role.arn }) };
  const quoted = listed(names.map((name) => `"${name}"`));
  const tags = ownerTags(scope.owner);
  if (!role) {
    const message = `Create the role "${roleName}", by which ACME clients may request certificates for ${quoted} and no other name`;
    return { verb: 'create', resource, after: { names: sorted(names), tags }, message };
  }
  if (!isOwnedBy(scope.owner, role.tags)) {
    const message = `Cannot use the role "${roleName}": ${whoseItIs(role.tags)}. Delete it, then declare the site again`;
    return { verb: 'conflict', resource, before: { tags: role.tags }, message };
  }
  const before = { names: sorted(role.names), tags };
  if (names.every((name) => role.names.includes(name))) {
    return kept(resource, before, `Use the role "${roleName}": ACME clients may request certificates for ${quoted}`);
  }
  const message = `Let ACME clients with the role "${roleName}" request certificates for ${quoted}`;
  return { verb: 'update', resource, before, after: { names: sorted([...role.names, ...names]), tags }, message };
}

/** Accounts and credentials end first, then the role; the endpoint goes with its last validation. */
function released(desired: DesiredAccess | undefined, seen: SeenAccess, scope: Scope): Unphased[] {
  const { endpoint, others, validations } = seen;
  const names = desired?.names ?? [];
  // One that has failed is replaced by another of the same name.
  const unwanted = validations.filter(
    ({ domain, status, tags }) => isOwnedBy(scope.owner, tags) && (!names.includes(domain) || status === 'INVALID'),
  );
  const deletions = unwanted.map(({ arn: id, domain }): Unphased => {
    const message = `Delete the domain validation of "${domain}": the ACME endpoint issues no certificate for it any more`;
    return {
      verb: 'delete',
      resource: { type: VALIDATION, name: domain, id },
      before: { scope: 'ExactDomain' },
      message,
    };
  });
  return [...roleReleased(names, seen, scope), ...deletions, ...endpointReleased(endpoint)];

  function endpointReleased(found: SeenEndpoint | undefined): Unphased[] {
    if (desired || !found) return [];
    const resource = endpointRef(scope, found.arn);
    if (others > 0) {
      const message = `Keep the ACME endpoint of the stack: ${others === 1 ? 'a domain validation' : `${others} domain validations`} of other sites use it`;
      return [kept(resource, { others: true }, message)];
    }
    const message = 'Delete the ACME endpoint of the stack: no other site uses it';
    return [{ verb: 'delete', resource, before: { authorization: 'PRE_APPROVED' }, message }];
  }
}

function roleReleased(names: readonly string[], { role, roleName, accounts }: SeenAccess, scope: Scope): Unphased[] {
  if (!role || !isOwnedBy(scope.owner, role.tags)) return [];
  const resource: ResourceRef = { type: ROLE, name: roleName, id: role.arn };
  const before = { names: sorted(role.names) };
  if (names.length === 0) {
    const message = `Revoke the credentials of the server${accounts.length > 0 ? ` and ${accounts.length === 1 ? 'its ACME account' : `its ${accounts.length} ACME accounts`}` : ''}, and delete the role "${roleName}". The certificate on the server serves until it ends, and is not renewed`;
    return [{ verb: 'delete', resource, before, message }];
  }
  if (role.names.every((name) => names.includes(name))) return [];
  const message = `Let ACME clients with the role "${roleName}" request certificates for ${listed(names.map((name) => `"${name}"`))} only`;
  return [{ verb: 'update', resource, before, after: { names: sorted(names) }, message }];
}

const sorted = (names: readonly string[]): string[] => [...new Set(names)].sort();

/** Where the server's ACME client begins and by which role it is judged; in a plan, words for what is not made yet. */
export function accessHandles(
  [desired]: readonly DesiredAccess[],
  { endpoint, role, validations }: Partial<SeenAccess> = {},
): StepOutputs['RequestDomainValidations'] | undefined {
  if (!desired) return undefined;
  return {
    endpointArn: endpoint?.arn ?? standIn(ENDPOINT),
    directory: endpoint?.directory ?? '',
    roleArn: role?.arn ?? standIn(ROLE),
    records: (validations ?? []).flatMap(({ domain, status, record }) =>
      record && status !== 'INVALID' && desired.names.includes(domain) ? [record] : [],
    ),
  };
}
