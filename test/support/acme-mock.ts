import {
  ACMClient,
  CreateAcmeDomainValidationCommand,
  CreateAcmeEndpointCommand,
  DeleteAcmeDomainValidationCommand,
  DeleteAcmeEndpointCommand,
  DeleteAcmeExternalAccountBindingCommand,
  DescribeAcmeDomainValidationCommand,
  DescribeAcmeExternalAccountBindingCommand,
  ListAcmeAccountsCommand,
  ListAcmeDomainValidationsCommand,
  ListAcmeEndpointsCommand,
  ListAcmeExternalAccountBindingsCommand,
  ListTagsForResourceCommand,
  RevokeAcmeAccountCommand,
  RevokeAcmeExternalAccountBindingCommand,
} from '@aws-sdk/client-acm';
import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { beforeEach } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { issuingPolicy, roleName, rolePath } from '../../resources/domain-validation/role.ts';
import { awsError, domain, owner, ownTags } from './steps.ts';

export const ENDPOINT_ARN = 'arn:aws:acm:us-east-1:123456789012:acme-endpoint/e1';
export const DIRECTORY = 'https://acm-acme-enroll.us-east-1.api.aws/e1/directory';
export const ROLE_NAME = roleName(owner, 'us-east-1');
export const ROLE_ARN = `arn:aws:iam::123456789012:role${rolePath({ stack: owner.stack, region: 'us-east-1' })}${ROLE_NAME}`;
export const BOUNDARY = 'arn:aws:iam::123456789012:policy/AcmeBoundary';
export const validationArn = (name: string): string => `${ENDPOINT_ARN}/acme-domain-validation/${name}`;
export const bindingArn = (id: string): string => `${ENDPOINT_ARN}/acme-external-account-binding/${id}`;

/** A server that gets its certificate by ACME. */
export const BY_ACME = {
  edge: 'direct',
  origin: { server: { address: '198.51.100.7', port: 443, healthPath: '/' } },
  certificate: 'acme',
} as const;

/** What `RequestDomainValidations` leaves for these names. */
export const accessTo = (...names: string[]) => ({
  endpointArn: ENDPOINT_ARN,
  directory: DIRECTORY,
  roleArn: ROLE_ARN,
  records: names.map((name) => ({ domain: name, name: `_a.${name}.`, value: '_b.c.acm-validations.aws.' })),
});

const stackTags = [{ Key: 'nameplate:stack', Value: owner.stack }];

/** ACM and IAM as they answer for a stack that has no endpoint and no role. */
export function useAcme() {
  const acm = mockClient(ACMClient);
  const iam = mockClient(IAMClient);

  beforeEach(() => {
    acm.reset();
    iam.reset();
    process.env.ACME_BOUNDARY_ARN = BOUNDARY;
    acm.on(ListAcmeEndpointsCommand).resolves({});
    acm.on(CreateAcmeEndpointCommand).callsFake(() => {
      anEndpoint();
      return { AcmeEndpointArn: ENDPOINT_ARN };
    });
    acm.on(ListAcmeDomainValidationsCommand).resolves({});
    acm.on(ListAcmeExternalAccountBindingsCommand).resolves({});
    acm.on(ListAcmeAccountsCommand).resolves({});
    acm.on(CreateAcmeDomainValidationCommand).callsFake(({ DomainName }: { DomainName: string }) => ({
      AcmeDomainValidationArn: validationArn(DomainName),
    }));
    acm.on(DescribeAcmeDomainValidationCommand).callsFake(({ AcmeDomainValidationArn = '' }) => {
      const name = AcmeDomainValidationArn.split('/').at(-1);
      const ResourceRecord = { Name: `_a.${name}.`, Type: 'CNAME', Value: '_b.c.acm-validations.aws.' };
      return {
        AcmeDomainValidation: { PrevalidationDetails: { DnsPrevalidation: { DomainScope: {}, ResourceRecord } } },
      };
    });
    acm.on(DescribeAcmeExternalAccountBindingCommand).resolves({ ExternalAccountBinding: {} });
    for (const command of [
      DeleteAcmeDomainValidationCommand,
      DeleteAcmeEndpointCommand,
      DeleteAcmeExternalAccountBindingCommand,
      RevokeAcmeAccountCommand,
      RevokeAcmeExternalAccountBindingCommand,
    ])
      acm.on(command as typeof DeleteAcmeEndpointCommand).resolves({});
    tagged(ENDPOINT_ARN, stackTags);
    iam.on(GetRoleCommand).rejects(awsError('NoSuchEntity'));
    iam.on(GetRolePolicyCommand).rejects(awsError('NoSuchEntity'));
    iam.on(CreateRoleCommand).resolves({ Role: { Arn: ROLE_ARN } as never });
    for (const command of [PutRolePolicyCommand, DeleteRolePolicyCommand, DeleteRoleCommand])
      iam.on(command as typeof DeleteRoleCommand).resolves({});
  });

  function tagged(ResourceArn: string, Tags = ownTags): void {
    acm.on(ListTagsForResourceCommand, { ResourceArn }).resolves({ Tags });
  }

  function anEndpoint(status = 'ACTIVE'): void {
    acm.on(ListAcmeEndpointsCommand).resolves({
      AcmeEndpoints: [
        { AcmeEndpointArn: ENDPOINT_ARN, EndpointUrl: DIRECTORY, Status: status as never, CreatedAt: new Date(0) },
      ],
    });
  }

  /** Domain validations of the site, by name and status; of another owner with its tags. */
  function validations(
    found: Record<string, string>,
    { of = ownTags, reason }: { of?: typeof ownTags; reason?: string } = {},
  ): void {
    anEndpoint();
    acm.on(ListAcmeDomainValidationsCommand).resolves({
      AcmeDomainValidations: Object.entries(found).map(([DomainName, Status]) => ({
        AcmeDomainValidationArn: validationArn(DomainName),
        DomainName,
        Status: Status as never,
        ...(reason !== undefined && { FailureDetails: { Reason: reason as never, Message: reason } }),
      })),
    });
    for (const name of Object.keys(found)) tagged(validationArn(name), of);
  }

  function aRole(names: readonly string[], tags = ownTags): void {
    iam.on(GetRoleCommand).resolves({ Role: { Arn: ROLE_ARN, Tags: tags } as never });
    iam.on(GetRolePolicyCommand).resolves({
      RoleName: ROLE_NAME,
      PolicyName: 'certificates',
      PolicyDocument: encodeURIComponent(JSON.stringify(issuingPolicy(names))),
    });
  }

  return { acm, iam, anEndpoint, validations, aRole };
}

export const NAMES: [string, string] = [domain, `www.${domain}`];
