import {
  type ACMClient,
  CreateAcmeEndpointCommand,
  DeleteAcmeEndpointCommand,
  ListAcmeEndpointsCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-acm';
import { tagList, tagRecord } from '../tags.ts';
import { allPages } from './all-pages.ts';

/** An ACME server of the account. */
export interface ListedEndpoint {
  arn: string;
  /** "https://acm-acme-enroll.eu-west-1.api.aws/<id>/directory": where a client begins. */
  directory: string;
  /** "CREATING", "ACTIVE", "DELETING" or "FAILED". */
  status: string;
  createdAt: Date;
}

/** All ACME endpoints of the region. */
export async function listEndpoints(acm: ACMClient): Promise<ListedEndpoint[]> {
  const listed = await allPages(
    (NextToken) => acm.send(new ListAcmeEndpointsCommand({ ...(NextToken !== undefined && { NextToken }) })),
    ({ AcmeEndpoints }) => AcmeEndpoints,
  );
  return listed.map(({ AcmeEndpointArn: arn = '', EndpointUrl: directory = '', Status: status = '', CreatedAt }) => ({
    arn,
    directory,
    status,
    createdAt: CreatedAt ?? new Date(0),
  }));
}

/** The tags of an ACME endpoint or of what belongs to one. */
export async function readAcmeTags(acm: ACMClient, ResourceArn: string): Promise<Record<string, string>> {
  const { Tags } = await acm.send(new ListTagsForResourceCommand({ ResourceArn }));
  return tagRecord(Tags);
}

/**
 * Creates an endpoint that issues without a challenge for validated domains, of any kind of key, without an email address. The same
 * token gives the same endpoint.
 *
 * @returns its ARN
 */
export async function createEndpoint(
  acm: ACMClient,
  { token, tags }: { token: string; tags: Record<string, string> },
): Promise<string> {
  const { AcmeEndpointArn } = await acm.send(
    new CreateAcmeEndpointCommand({
      AuthorizationBehavior: 'PRE_APPROVED',
      Contact: 'NOT_REQUIRED',
      CertificateAuthority: { PublicCertificateAuthority: {} },
      IdempotencyToken: token,
      Tags: tagList(tags),
    }),
  );
  if (AcmeEndpointArn === undefined) throw new Error('Cannot create the ACME endpoint: the answer is empty');
  return AcmeEndpointArn;
}

/** Deletes an endpoint with all that belongs to it; what it issued stays. */
export async function deleteEndpoint(acm: ACMClient, AcmeEndpointArn: string): Promise<void> {
  await acm.send(new DeleteAcmeEndpointCommand({ AcmeEndpointArn }));
}
