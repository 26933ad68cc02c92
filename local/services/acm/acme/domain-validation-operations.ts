import type {
  DeleteAcmeDomainValidationRequest,
  DescribeAcmeDomainValidationRequest,
  DescribeAcmeDomainValidationResponse,
  ListAcmeDomainValidationsRequest,
  ListAcmeDomainValidationsResponse,
  AcmeDomainValidation as ShownValidation,
  UpdateAcmeDomainValidationRequest,
} from '@aws-sdk/client-acm';
import { AwsError, type Operation } from '../../../wire/service.ts';
import type { Acme } from './acme.ts';
import { checkArn, endpointArnOf } from './arns.ts';
import { ACME_DELETION } from './delays.ts';
import { readScope } from './domain-scope.ts';
import type { AcmeEndpoint, DomainValidation } from './endpoint.ts';
import { onAcme } from './judged.ts';
import { pageOf } from './page.ts';

interface Named {
  AcmeDomainValidationArn?: string | undefined;
}

const named = ({ acm }: Acme) => onAcme(acm, ({ AcmeDomainValidationArn }: Named) => AcmeDomainValidationArn);

export const describeAcmeDomainValidation = (
  acme: Acme,
): Operation<DescribeAcmeDomainValidationRequest, DescribeAcmeDomainValidationResponse> => ({
  ...named(acme),
  run({ AcmeDomainValidationArn }, call) {
    const { endpoint, validation } = acme.acm.endpoints.validation(AcmeDomainValidationArn, call);
    return { AcmeDomainValidation: { ...summary(endpoint, validation), ...details(validation) } };
  },
});

/** The summaries have everything but the record. */
export const listAcmeDomainValidations = (
  acme: Acme,
): Operation<ListAcmeDomainValidationsRequest, ListAcmeDomainValidationsResponse> => ({
  ...onAcme<ListAcmeDomainValidationsRequest>(acme.acm, ({ AcmeEndpointArn }) => AcmeEndpointArn),
  run(input, call) {
    const endpoint = acme.acm.endpoints.endpoint(input.AcmeEndpointArn, call);
    const { items, ...rest } = pageOf([...endpoint.validations.values()], input, ({ arn }) => arn);
    return {
      AcmeDomainValidations: items.map((one) => ({ ...summary(endpoint, one), ...details(one) })),
      ...rest,
    };
  },
});

/** Changes what a validation covers; its domain and its record stay. */
export const updateAcmeDomainValidation = (acme: Acme): Operation<UpdateAcmeDomainValidationRequest, object> => ({
  ...named(acme),
  run({ AcmeDomainValidationArn, PrevalidationOptions }, call) {
    const { validation } = acme.acm.endpoints.validation(AcmeDomainValidationArn, call);
    const options = PrevalidationOptions && readScope(PrevalidationOptions);
    if (validation.status === 'DELETING') {
      throw new AwsError('ConflictException', `The ACME domain validation ${validation.arn} is DELETING.`);
    }
    if (options)
      Object.assign(validation, { ...options, hostedZoneId: options.hostedZoneId ?? validation.hostedZoneId });
    validation.updatedAt = acme.acm.host.clock.now();
    return {};
  },
});

/** Deletes a validation; what was issued by it stays. One that is gone is no error. */
export const deleteAcmeDomainValidation = (acme: Acme): Operation<DeleteAcmeDomainValidationRequest, object> => ({
  ...named(acme),
  run({ AcmeDomainValidationArn = '' }, { region }) {
    checkArn(AcmeDomainValidationArn, 'acmeDomainValidationArn');
    const { host, endpoints } = acme.acm;
    const endpoint = endpoints.find(endpointArnOf(AcmeDomainValidationArn), region);
    const validation = endpoint?.validations.get(AcmeDomainValidationArn);
    if (!validation || validation.status === 'DELETING') return {};
    validation.status = 'DELETING';
    validation.updatedAt = host.clock.now();
    validation.timers.clear();
    const seconds = host.draws.seconds('acm:acme-deletion', validation.domainName, ACME_DELETION);
    validation.timers.after(seconds * 1000, () => {
      validation.timers.stop();
      endpoint?.validations.delete(validation.arn);
    });
    return {};
  },
});

const summary = ({ arn }: AcmeEndpoint, validation: DomainValidation): ShownValidation => ({
  AcmeDomainValidationArn: validation.arn,
  AcmeEndpointArn: arn,
  DomainName: validation.domainName,
  PrevalidationType: 'DNS_PREVALIDATION',
  Status: validation.status,
  ...(validation.failure ? { FailureDetails: { ...validation.failure } } : {}),
  CreatedAt: validation.createdAt,
  UpdatedAt: validation.updatedAt,
});

const details = ({ scope, hostedZoneId, record, recordShown }: DomainValidation): ShownValidation => ({
  PrevalidationDetails: {
    DnsPrevalidation: {
      DomainScope: { ...scope },
      ...(hostedZoneId === undefined ? {} : { HostedZoneId: hostedZoneId }),
      ...(recordShown ? { ResourceRecord: { ...record } } : {}),
    },
  },
});
