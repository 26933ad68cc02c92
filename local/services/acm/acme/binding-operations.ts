import { randomBytes } from 'node:crypto';
import type {
  CreateAcmeExternalAccountBindingRequest,
  CreateAcmeExternalAccountBindingResponse,
  DeleteAcmeExternalAccountBindingRequest,
  DescribeAcmeExternalAccountBindingRequest,
  DescribeAcmeExternalAccountBindingResponse,
  Expiration,
  GetAcmeExternalAccountBindingCredentialsRequest,
  GetAcmeExternalAccountBindingCredentialsResponse,
  ListAcmeExternalAccountBindingsRequest,
  ListAcmeExternalAccountBindingsResponse,
  RevokeAcmeExternalAccountBindingRequest,
  AcmeExternalAccountBinding as ShownBinding,
} from '@aws-sdk/client-acm';
import { passingRole } from '../../../wire/passing-role.ts';
import { AwsError, type Operation } from '../../../wire/service.ts';
import { violation } from '../../../wire/violation.ts';
import { readTags } from '../tags.ts';
import type { Acme } from './acme.ts';
import { checkArn, endpointArnOf, uuid } from './arns.ts';
import type { AcmeEndpoint, Binding } from './endpoint.ts';
import { refuseUnlessActive } from './endpoint-operations.ts';
import { ACME_SERVICE, assumableByAcme } from './issuance-role.ts';
import { onAcme } from './judged.ts';
import { oneOf } from './member.ts';
import { pageOf } from './page.ts';
import { BINDINGS_PER_ENDPOINT } from './quotas.ts';
import { Repeated } from './repeated.ts';

// Source: ACM API Reference, "CreateAcmeExternalAccountBinding"; checked 2026-11-29.
const ROLE_ARN = 'arn:aws[a-z-]*:iam::[0-9]{12}:role/.+';
const UNITS_MS = { MINUTES: 60_000, HOURS: 3_600_000, DAYS: 86_400_000 } as const;

interface Named {
  AcmeExternalAccountBindingArn?: string | undefined;
}

const named = ({ acm }: Acme) =>
  onAcme(acm, ({ AcmeExternalAccountBindingArn }: Named) => AcmeExternalAccountBindingArn);

/** Creates credentials that ACME clients register with, and ties them to the role that issues for them. */
export function createAcmeExternalAccountBinding(
  acme: Acme,
): Operation<CreateAcmeExternalAccountBindingRequest, CreateAcmeExternalAccountBindingResponse> {
  const { acm } = acme;
  const repeated = new Repeated<Binding>(acm.host.clock);
  return {
    ...onAcme<CreateAcmeExternalAccountBindingRequest>(acm, ({ AcmeEndpointArn }) => AcmeEndpointArn),
    dependents: ({ RoleArn = '' }) => [passingRole(RoleArn, ACME_SERVICE)],
    run(input, call) {
      const endpoint = acm.endpoints.endpoint(input.AcmeEndpointArn, call);
      const { RoleArn = '', IdempotencyToken } = input;
      if (!new RegExp(`^${ROLE_ARN}$`).test(RoleArn)) {
        const constraint = `Member must satisfy regular expression pattern: ${ROLE_ARN}`;
        throw violation(RoleArn, { member: 'roleArn', constraint, code: 'ValidationException' });
      }
      if (RoleArn.split(':')[4] !== call.account) {
        throw new AwsError('AccessDeniedException', 'Cross-account pass role is not allowed.');
      }
      const now = acm.host.clock.now();
      const lastsMs = input.Expiration && durationMs(input.Expiration);
      const tags = readTags(input.Tags);
      const known = repeated.find(IdempotencyToken, input, call.region);
      if (known && endpoint.bindings.has(known.arn)) return { ExternalAccountBinding: shown(endpoint, known) };
      refuseUnlessActive(endpoint);
      if (endpoint.bindings.size >= BINDINGS_PER_ENDPOINT) {
        const limit = `An ACME endpoint may have ${BINDINGS_PER_ENDPOINT} external account bindings.`;
        throw new AwsError('ServiceQuotaExceededException', limit);
      }
      if (!assumableByAcme(acme, RoleArn, endpoint)) {
        throw new AwsError('ValidationException', `The role ${RoleArn} cannot be assumed by ${ACME_SERVICE}.`);
      }
      const binding: Binding = {
        arn: `${endpoint.arn}/acme-external-account-binding/${uuid(acm.host.draws, 'acm:acme-id')}`,
        roleArn: RoleArn,
        expiresAt: lastsMs === undefined ? undefined : new Date(now.getTime() + lastsMs),
        createdAt: now,
        updatedAt: now,
        tags,
        keyId: uuid(acm.host.draws, 'acm:acme-key-id'),
        macKey: randomBytes(32).toString('base64url'),
      };
      endpoint.bindings.set(binding.arn, binding);
      repeated.keep(IdempotencyToken, { input, region: call.region, made: binding });
      return { ExternalAccountBinding: shown(endpoint, binding) };
    },
  };
}

function durationMs({ Value = 0, Type }: Expiration): number {
  const unit = oneOf(Type ?? '', 'expiration.type', ['MINUTES', 'HOURS', 'DAYS']);
  if (Number.isInteger(Value) && Value >= 1) return Value * UNITS_MS[unit];
  const constraint = 'Member must have value greater than or equal to 1';
  throw violation(Value, { member: 'expiration.value', constraint, code: 'ValidationException' });
}

/** The secret; it can be read again at any time, as long as the binding is there. */
export const getAcmeExternalAccountBindingCredentials = (
  acme: Acme,
): Operation<GetAcmeExternalAccountBindingCredentialsRequest, GetAcmeExternalAccountBindingCredentialsResponse> => ({
  ...named(acme),
  run({ AcmeExternalAccountBindingArn }, call) {
    const { binding } = acme.acm.endpoints.binding(AcmeExternalAccountBindingArn, call);
    return { KeyId: binding.keyId, MacKey: binding.macKey };
  },
});

export const describeAcmeExternalAccountBinding = (
  acme: Acme,
): Operation<DescribeAcmeExternalAccountBindingRequest, DescribeAcmeExternalAccountBindingResponse> => ({
  ...named(acme),
  run({ AcmeExternalAccountBindingArn }, call) {
    const { endpoint, binding } = acme.acm.endpoints.binding(AcmeExternalAccountBindingArn, call);
    return { ExternalAccountBinding: shown(endpoint, binding) };
  },
});

export const listAcmeExternalAccountBindings = (
  acme: Acme,
): Operation<ListAcmeExternalAccountBindingsRequest, ListAcmeExternalAccountBindingsResponse> => ({
  ...onAcme<ListAcmeExternalAccountBindingsRequest>(acme.acm, ({ AcmeEndpointArn }) => AcmeEndpointArn),
  run(input, call) {
    const endpoint = acme.acm.endpoints.endpoint(input.AcmeEndpointArn, call);
    const { items, ...rest } = pageOf([...endpoint.bindings.values()], input, ({ arn }) => arn);
    return { ExternalAccountBindings: items.map((one) => shown(endpoint, one)), ...rest };
  },
});

/** Ends the credentials, not the accounts that registered with them. */
export const revokeAcmeExternalAccountBinding = (
  acme: Acme,
): Operation<RevokeAcmeExternalAccountBindingRequest, object> => ({
  ...named(acme),
  run({ AcmeExternalAccountBindingArn }, call) {
    const { binding } = acme.acm.endpoints.binding(AcmeExternalAccountBindingArn, call);
    const now = acme.acm.host.clock.now();
    binding.revokedAt ??= now;
    binding.updatedAt = now;
    return {};
  },
});

/** Deletes a binding, not the accounts that registered with it. One that is gone is no error. */
export const deleteAcmeExternalAccountBinding = (
  acme: Acme,
): Operation<DeleteAcmeExternalAccountBindingRequest, object> => ({
  ...named(acme),
  run({ AcmeExternalAccountBindingArn: arn = '' }, { region }) {
    checkArn(arn, 'acmeExternalAccountBindingArn');
    acme.acm.endpoints.find(endpointArnOf(arn), region)?.bindings.delete(arn);
    return {};
  },
});

const shown = ({ arn }: AcmeEndpoint, binding: Binding): ShownBinding => ({
  AcmeExternalAccountBindingArn: binding.arn,
  AcmeEndpointArn: arn,
  RoleArn: binding.roleArn,
  ...(binding.expiresAt ? { ExpiresAt: binding.expiresAt } : {}),
  ...(binding.revokedAt ? { RevokedAt: binding.revokedAt } : {}),
  ...(binding.lastUsedAt ? { LastUsedAt: binding.lastUsedAt } : {}),
  CreatedAt: binding.createdAt,
  UpdatedAt: binding.updatedAt,
});
