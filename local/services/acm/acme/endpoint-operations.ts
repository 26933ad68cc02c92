import type {
  DeleteAcmeEndpointRequest,
  DescribeAcmeEndpointRequest,
  DescribeAcmeEndpointResponse,
  ListAcmeEndpointsRequest,
  ListAcmeEndpointsResponse,
  AcmeEndpoint as ShownEndpoint,
  UpdateAcmeEndpointRequest,
} from '@aws-sdk/client-acm';
import { AwsError, type Operation } from '../../../wire/service.ts';
import type { Acme } from './acme.ts';
import { checkArn } from './arns.ts';
import { readAuthority } from './create-endpoint.ts';
import { ACME_DELETION } from './delays.ts';
import type { AcmeEndpoint } from './endpoint.ts';
import { onAcme } from './judged.ts';
import { oneOf } from './member.ts';
import { pageOf } from './page.ts';

const named = ({ acm }: Acme) =>
  onAcme(acm, ({ AcmeEndpointArn }: { AcmeEndpointArn?: string | undefined }) => AcmeEndpointArn);

export const describeAcmeEndpoint = (
  acme: Acme,
): Operation<DescribeAcmeEndpointRequest, DescribeAcmeEndpointResponse> => ({
  ...named(acme),
  run: ({ AcmeEndpointArn }, call) => ({ AcmeEndpoint: shown(acme.acm.endpoints.endpoint(AcmeEndpointArn, call)) }),
});

export const listAcmeEndpoints = ({ acm }: Acme): Operation<ListAcmeEndpointsRequest, ListAcmeEndpointsResponse> => ({
  run(input, { region }) {
    const { items, ...rest } = pageOf(acm.endpoints.all(region), input, ({ arn }) => arn);
    return { AcmeEndpoints: items.map(shown), ...rest };
  },
});

export const updateAcmeEndpoint = (acme: Acme): Operation<UpdateAcmeEndpointRequest, object> => ({
  ...named(acme),
  run(input, call) {
    const endpoint = acme.acm.endpoints.endpoint(input.AcmeEndpointArn, call);
    const { AuthorizationBehavior, Contact, CertificateAuthority } = input;
    if (AuthorizationBehavior !== undefined) oneOf(AuthorizationBehavior, 'authorizationBehavior', ['PRE_APPROVED']);
    const contact = Contact && oneOf(Contact, 'contact', ['REQUIRED', 'NOT_REQUIRED']);
    const allowed = CertificateAuthority && { algorithms: readAuthority(CertificateAuthority) };
    refuseUnlessActive(endpoint);
    if (contact) endpoint.contact = contact;
    if (allowed) endpoint.allowedKeyAlgorithms = allowed.algorithms;
    endpoint.updatedAt = acme.acm.host.clock.now();
    return {};
  },
});

/** Deletes an endpoint with its validations, bindings and accounts; what it issued stays. One that is gone is no error. */
export const deleteAcmeEndpoint = (acme: Acme): Operation<DeleteAcmeEndpointRequest, object> => ({
  ...named(acme),
  run({ AcmeEndpointArn = '' }, { region }) {
    const { endpoints, host } = acme.acm;
    checkArn(AcmeEndpointArn, 'acmeEndpointArn');
    const endpoint = endpoints.find(AcmeEndpointArn, region);
    if (!endpoint || endpoint.status === 'DELETING') return {};
    refuseUnlessActive(endpoint);
    endpoint.status = 'DELETING';
    endpoint.updatedAt = host.clock.now();
    endpoint.timers.clear();
    const seconds = host.draws.seconds('acm:acme-deletion', endpoint.id, ACME_DELETION);
    endpoint.timers.after(seconds * 1000, () => endpoints.remove(endpoint));
    return {};
  },
});

/** Throws ConflictException while an endpoint is being created or deleted. */
export function refuseUnlessActive({ arn, status }: AcmeEndpoint): void {
  if (status !== 'ACTIVE') throw new AwsError('ConflictException', `The ACME endpoint ${arn} is ${status}.`);
}

const shown = (endpoint: AcmeEndpoint): ShownEndpoint => ({
  AcmeEndpointArn: endpoint.arn,
  EndpointUrl: `${endpoint.url}/directory`,
  Status: endpoint.status,
  AuthorizationBehavior: 'PRE_APPROVED',
  Contact: endpoint.contact,
  CertificateAuthority: {
    PublicCertificateAuthority: endpoint.allowedKeyAlgorithms
      ? { AllowedKeyAlgorithms: [...endpoint.allowedKeyAlgorithms] }
      : {},
  },
  ...(endpoint.certificateTags.length > 0 ? { CertificateTags: [...endpoint.certificateTags] } : {}),
  CreatedAt: endpoint.createdAt,
  UpdatedAt: endpoint.updatedAt,
});
