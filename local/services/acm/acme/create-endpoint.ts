import type {
  CertificateAuthority,
  CreateAcmeEndpointRequest,
  CreateAcmeEndpointResponse,
  PublicKeyAlgorithm,
} from '@aws-sdk/client-acm';
import { AwsError, type Call, type Operation } from '../../../wire/service.ts';
import { readTags, tagConditions } from '../tags.ts';
import { Timers } from '../timers.ts';
import type { Acme } from './acme.ts';
import { uuid } from './arns.ts';
import { ENDPOINT_ACTIVE } from './delays.ts';
import { hostOf, publishHost } from './directory/host.ts';
import { Nonces } from './directory/nonces.ts';
import type { AcmeEndpoint } from './endpoint.ts';
import { oneOf } from './member.ts';
import { ENDPOINTS } from './quotas.ts';
import { Repeated } from './repeated.ts';

const KEY_ALGORITHMS = ['RSA_2048', 'EC_prime256v1', 'EC_secp384r1'] as const;

/** Creates an ACME server of the account, which is ready some seconds later. */
export function createAcmeEndpoint(acme: Acme): Operation<CreateAcmeEndpointRequest, CreateAcmeEndpointResponse> {
  const { acm } = acme;
  const repeated = new Repeated<string>(acm.host.clock);
  return {
    conditions: ({ Tags }) => tagConditions(Tags),
    run(input, call) {
      const settings = readSettings(input);
      const tags = readTags(input.Tags);
      readTags(input.CertificateTags);
      const known = repeated.find(input.IdempotencyToken, input, call.region);
      if (known !== undefined && acm.endpoints.tagged(known, call.region)) return { AcmeEndpointArn: known };
      if (acm.endpoints.all(call.region).length >= ENDPOINTS) {
        throw new AwsError('ServiceQuotaExceededException', `An account may have ${ENDPOINTS} ACME endpoints.`);
      }
      const endpoint = newEndpoint(acme, call, { ...settings, certificateTags: input.CertificateTags ?? [], tags });
      acm.endpoints.add(endpoint);
      publishHost(acme, call.region);
      repeated.keep(input.IdempotencyToken, { input, region: call.region, made: endpoint.arn });
      const seconds = acm.host.draws.seconds('acm:acme-endpoint', endpoint.id, ENDPOINT_ACTIVE);
      endpoint.timers.after(seconds * 1000, () => {
        endpoint.status = 'ACTIVE';
      });
      return { AcmeEndpointArn: endpoint.arn };
    },
  };
}

type Settings = Pick<AcmeEndpoint, 'contact' | 'allowedKeyAlgorithms'>;

/** Throws ValidationException for settings that no endpoint has. */
function readSettings(
  input: Pick<CreateAcmeEndpointRequest, 'AuthorizationBehavior' | 'Contact' | 'CertificateAuthority'>,
): Settings {
  oneOf(input.AuthorizationBehavior ?? '', 'authorizationBehavior', ['PRE_APPROVED']);
  return {
    contact: oneOf(input.Contact ?? 'NOT_REQUIRED', 'contact', ['REQUIRED', 'NOT_REQUIRED']),
    allowedKeyAlgorithms: readAuthority(input.CertificateAuthority),
  };
}

/** The key algorithms that an endpoint allows; undefined when it leaves that to the certificate authority. */
export function readAuthority(authority: CertificateAuthority | undefined): PublicKeyAlgorithm[] | undefined {
  if (authority?.PublicCertificateAuthority === undefined) {
    throw new AwsError('ValidationException', 'CertificateAuthority must have exactly one member.');
  }
  const { AllowedKeyAlgorithms } = authority.PublicCertificateAuthority;
  if (AllowedKeyAlgorithms?.length === 0) {
    throw new AwsError('ValidationException', 'AllowedKeyAlgorithms must have length greater than or equal to 1.');
  }
  const member = 'certificateAuthority.publicCertificateAuthority.allowedKeyAlgorithms';
  return AllowedKeyAlgorithms && [...new Set(AllowedKeyAlgorithms.map((one) => oneOf(one, member, KEY_ALGORITHMS)))];
}

function newEndpoint(
  { acm: { host } }: Acme,
  { region, account }: Call,
  given: Settings & Pick<AcmeEndpoint, 'certificateTags' | 'tags'>,
): AcmeEndpoint {
  const id = uuid(host.draws, 'acm:acme-id');
  const now = host.clock.now();
  return {
    ...given,
    id,
    arn: `arn:aws:acm:${region}:${account}:acme-endpoint/${id}`,
    region,
    account,
    url: `https://${hostOf(region)}/${id}`,
    status: 'CREATING',
    createdAt: now,
    updatedAt: now,
    validations: new Map(),
    bindings: new Map(),
    accounts: new Map(),
    orders: new Map(),
    authorizations: new Map(),
    issued: new Map(),
    nonces: new Nonces(host),
    timers: new Timers(host.clock),
  };
}
