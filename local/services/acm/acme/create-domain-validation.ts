import type { CreateAcmeDomainValidationRequest, CreateAcmeDomainValidationResponse } from '@aws-sdk/client-acm';
import { AwsError, type Operation } from '../../../wire/service.ts';
import { violation } from '../../../wire/violation.ts';
import { readTags } from '../tags.ts';
import { Timers } from '../timers.ts';
import { endpointValidationRecord } from '../validation-record.ts';
import type { Acme } from './acme.ts';
import { uuid } from './arns.ts';
import { readScope } from './domain-scope.ts';
import type { AcmeEndpoint, DomainValidation } from './endpoint.ts';
import { onAcme } from './judged.ts';
import { startPrevalidation } from './prevalidation.ts';
import { VALIDATIONS_PER_ENDPOINT } from './quotas.ts';
import { Repeated } from './repeated.ts';

// Source: ACM API Reference, "CreateAcmeDomainValidation"; checked 2026-11-29. Lower case only.
const PATTERN = '([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?';
const MAX_LENGTH = 253;

/** Begins to validate a domain for an endpoint: ACM looks for its CNAME for 72 hours. */
export function createAcmeDomainValidation(
  acme: Acme,
): Operation<CreateAcmeDomainValidationRequest, CreateAcmeDomainValidationResponse> {
  const { acm } = acme;
  const repeated = new Repeated<string>(acm.host.clock);
  return {
    ...onAcme<CreateAcmeDomainValidationRequest>(acm, ({ AcmeEndpointArn }) => AcmeEndpointArn),
    run(input, call) {
      const endpoint = acm.endpoints.endpoint(input.AcmeEndpointArn, call);
      const domainName = checkedDomain(input.DomainName ?? '');
      const options = readScope(input.PrevalidationOptions);
      const tags = readTags(input.Tags);
      const known = repeated.find(input.IdempotencyToken, input, call.region);
      if (known !== undefined && endpoint.validations.has(known)) return { AcmeDomainValidationArn: known };
      refuse(endpoint, domainName);
      const now = acm.host.clock.now();
      const validation: DomainValidation = {
        arn: `${endpoint.arn}/acme-domain-validation/${uuid(acm.host.draws, 'acm:acme-id')}`,
        domainName,
        ...options,
        record: endpointValidationRecord(endpoint.arn, domainName),
        recordShown: false,
        status: 'VALIDATING',
        createdAt: now,
        updatedAt: now,
        tags,
        timers: new Timers(acm.host.clock),
      };
      endpoint.validations.set(validation.arn, validation);
      repeated.keep(input.IdempotencyToken, { input, region: call.region, made: validation.arn });
      startPrevalidation(acme, { endpoint, validation, caller: call.principal });
      return { AcmeDomainValidationArn: validation.arn };
    },
  };
}

function checkedDomain(name: string): string {
  const constraint =
    name.length === 0
      ? 'Member must have length greater than or equal to 1'
      : name.length > MAX_LENGTH
        ? `Member must have length less than or equal to ${MAX_LENGTH}`
        : !new RegExp(`^${PATTERN}$`).test(name) && `Member must satisfy regular expression pattern: ${PATTERN}`;
  if (constraint) throw violation(name, { member: 'domainName', constraint, code: 'ValidationException' });
  return name;
}

/** AWS does not say what a second validation of one domain is; here it is a conflict, unless the first has failed. */
function refuse(endpoint: AcmeEndpoint, domainName: string): void {
  if (endpoint.status === 'DELETING') {
    throw new AwsError('ConflictException', `The ACME endpoint ${endpoint.arn} is DELETING.`);
  }
  const others = [...endpoint.validations.values()];
  if (others.some((one) => one.domainName === domainName && one.status !== 'INVALID')) {
    throw new AwsError('ConflictException', `The ACME endpoint has a domain validation for ${domainName} already.`);
  }
  if (others.length >= VALIDATIONS_PER_ENDPOINT) {
    throw new AwsError(
      'ServiceQuotaExceededException',
      `An ACME endpoint may have ${VALIDATIONS_PER_ENDPOINT} domain validations.`,
    );
  }
}
