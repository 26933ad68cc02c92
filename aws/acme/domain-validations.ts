import {
  type ACMClient,
  CreateAcmeDomainValidationCommand,
  DeleteAcmeDomainValidationCommand,
  DescribeAcmeDomainValidationCommand,
  ListAcmeDomainValidationsCommand,
} from '@aws-sdk/client-acm';
import type { ValidationRecord } from '../../domain/certificates/validation-record.ts';
import { tagList } from '../tags.ts';
import { allPages } from './all-pages.ts';

/** A domain that an ACME endpoint may issue for without a challenge. */
export interface ListedValidation {
  arn: string;
  /** Lower case. */
  domain: string;
  /** "VALIDATING", "VALID", "INVALID" or "DELETING". */
  status: string;
  /** "TIMED_OUT", "CAA_ERROR" … of an invalid one. */
  reason?: string;
}

/** All domain validations of an endpoint. */
export async function listDomainValidations(acm: ACMClient, AcmeEndpointArn: string): Promise<ListedValidation[]> {
  const listed = await allPages(
    (NextToken) =>
      acm.send(
        new ListAcmeDomainValidationsCommand({ AcmeEndpointArn, ...(NextToken !== undefined && { NextToken }) }),
      ),
    ({ AcmeDomainValidations }) => AcmeDomainValidations,
  );
  return listed.map(({ AcmeDomainValidationArn: arn = '', DomainName: domain = '', Status: status = '', ...more }) => ({
    arn,
    domain,
    status,
    ...(more.FailureDetails?.Reason !== undefined && { reason: more.FailureDetails.Reason }),
  }));
}

/** The CNAME that a domain validation waits for; undefined until ACM has named it, seconds after the request. */
export async function readValidationRecord(
  acm: ACMClient,
  { arn, domain }: Pick<ListedValidation, 'arn' | 'domain'>,
): Promise<ValidationRecord | undefined> {
  const { AcmeDomainValidation } = await acm.send(
    new DescribeAcmeDomainValidationCommand({ AcmeDomainValidationArn: arn }),
  );
  const { Name: name, Value: value } =
    AcmeDomainValidation?.PrevalidationDetails?.DnsPrevalidation?.ResourceRecord ?? {};
  return name !== undefined && value !== undefined ? { domain, name, value } : undefined;
}

/**
 * Has an endpoint validate one name by DNS, that name and no other.
 *
 * @returns the ARN
 */
export async function createDomainValidation(
  acm: ACMClient,
  { endpointArn, domain, tags }: { endpointArn: string; domain: string; tags: Record<string, string> },
): Promise<string> {
  const { AcmeDomainValidationArn } = await acm.send(
    new CreateAcmeDomainValidationCommand({
      AcmeEndpointArn: endpointArn,
      DomainName: domain,
      PrevalidationOptions: {
        DnsPrevalidation: {
          DomainScope: { ExactDomain: 'ENABLED', Subdomains: 'DISABLED', Wildcards: 'DISABLED' },
        },
      },
      Tags: tagList(tags),
    }),
  );
  if (AcmeDomainValidationArn === undefined) throw new Error(`Cannot validate "${domain}": the answer is empty`);
  return AcmeDomainValidationArn;
}

/** Deletes a domain validation; what was issued by it stays. */
export async function deleteDomainValidation(acm: ACMClient, AcmeDomainValidationArn: string): Promise<void> {
  await acm.send(new DeleteAcmeDomainValidationCommand({ AcmeDomainValidationArn }));
}
