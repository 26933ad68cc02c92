import {
  ACMClient,
  CreateAcmeDomainValidationCommand,
  CreateAcmeEndpointCommand,
  CreateAcmeExternalAccountBindingCommand,
  DeleteAcmeDomainValidationCommand,
  DeleteAcmeEndpointCommand,
  DeleteAcmeExternalAccountBindingCommand,
  DeleteCertificateCommand,
  DescribeAcmeDomainValidationCommand,
  DescribeAcmeEndpointCommand,
  GetAcmeExternalAccountBindingCredentialsCommand,
  ListAcmeDomainValidationsCommand,
  ListAcmeEndpointsCommand,
  ListAcmeExternalAccountBindingsCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UpdateAcmeDomainValidationCommand,
  UpdateAcmeEndpointCommand,
} from '@aws-sdk/client-acm';
import { CreateRoleCommand, PutRolePolicyCommand, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateHostedZoneCommand, ListResourceRecordSetsCommand, Route53Client } from '@aws-sdk/client-route-53';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { PolicyStatement } from '../../../../local/permissions/policy.ts';
import { aClient } from './a-client.ts';
import { type AnEndpoint, anEndpoint, ROLE } from './an-endpoint.ts';
import { issue } from './issued.ts';

let aws: AnEndpoint;
beforeEach(async () => {
  aws = await anEndpoint();
});
afterEach(() => aws.close());

const NEW = {
  AuthorizationBehavior: 'PRE_APPROVED' as const,
  CertificateAuthority: { PublicCertificateAuthority: {} },
};
const EXACT = { DnsPrevalidation: { DomainScope: { ExactDomain: 'ENABLED' as const } } };
const DAY_MS = 86_400_000;

const endpointNow = async () =>
  (await aws.acm.send(new DescribeAcmeEndpointCommand({ AcmeEndpointArn: aws.endpointArn }))).AcmeEndpoint;

const validationNow = async (AcmeDomainValidationArn: string) =>
  (await aws.acm.send(new DescribeAcmeDomainValidationCommand({ AcmeDomainValidationArn }))).AcmeDomainValidation;

const validate = (input: object) =>
  aws.acm.send(
    new CreateAcmeDomainValidationCommand({
      AcmeEndpointArn: aws.endpointArn,
      DomainName: 'shop.test',
      PrevalidationOptions: EXACT,
      ...input,
    }),
  );

/** A client with a role's credentials that may do what is said. */
async function asRole(...Statement: PolicyStatement[]): Promise<ACMClient> {
  const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' }] };
  await aws.iam.send(new CreateRoleCommand({ RoleName: 'Admin', AssumeRolePolicyDocument: JSON.stringify(trust) }));
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  await aws.iam.send(new PutRolePolicyCommand({ RoleName: 'Admin', PolicyName: 'may', PolicyDocument }));
  const credentials = aws.permissions.issue('arn:aws:iam::123456789012:role/Admin', 'test');
  return aws.client(ACMClient, { credentials });
}

describe('an endpoint', () => {
  test('is CREATING, then ACTIVE, and shows what it was given', async () => {
    const { AcmeEndpointArn } = await aws.acm.send(
      new CreateAcmeEndpointCommand({ ...NEW, Contact: 'REQUIRED', CertificateTags: [{ Key: 'team', Value: 'web' }] }),
    );
    const { AcmeEndpoint } = await aws.acm.send(new DescribeAcmeEndpointCommand({ AcmeEndpointArn }));
    expect(AcmeEndpoint).toMatchObject({
      Status: 'CREATING',
      Contact: 'REQUIRED',
      AuthorizationBehavior: 'PRE_APPROVED',
      CertificateAuthority: { PublicCertificateAuthority: {} },
      CertificateTags: [{ Key: 'team', Value: 'web' }],
    });
    await aws.clock.advance(3_000);
    const { AcmeEndpoints } = await aws.acm.send(new ListAcmeEndpointsCommand({}));

    expect(AcmeEndpoints?.map(({ Status }) => Status)).toEqual(['ACTIVE', 'ACTIVE']);
  });

  test('is created once for a token, and a token is not used for two', async () => {
    const create = (Contact: 'REQUIRED' | 'NOT_REQUIRED') =>
      aws.acm.send(new CreateAcmeEndpointCommand({ ...NEW, Contact, IdempotencyToken: 'one' }));
    const [first, again] = [await create('REQUIRED'), await create('REQUIRED')];

    expect(again.AcmeEndpointArn).toBe(first.AcmeEndpointArn);
    await expect(create('NOT_REQUIRED')).rejects.toMatchObject({ name: 'ConflictException' });
  });

  test.each([
    ['without a certificate authority', { CertificateAuthority: {} }],
    [
      'with a key algorithm that public CAs do not have',
      { CertificateAuthority: { PublicCertificateAuthority: { AllowedKeyAlgorithms: ['RSA_4096'] } } },
    ],
    [
      'with an empty list of key algorithms',
      { CertificateAuthority: { PublicCertificateAuthority: { AllowedKeyAlgorithms: [] } } },
    ],
    ['with another authorization behavior', { AuthorizationBehavior: 'CHALLENGE' }],
    ['with another contact', { Contact: 'MAYBE' }],
  ])('%s is a ValidationException', async (_, input) => {
    const asked = aws.acm.send(new CreateAcmeEndpointCommand({ ...NEW, ...input } as never));
    await expect(asked).rejects.toMatchObject({ name: 'ValidationException' });
  });

  test('is changed, and not while it is created or deleted', async () => {
    const { AcmeEndpointArn } = await aws.acm.send(new CreateAcmeEndpointCommand(NEW));
    const update = (arn: string | undefined) =>
      aws.acm.send(new UpdateAcmeEndpointCommand({ AcmeEndpointArn: arn, Contact: 'REQUIRED' }));
    await update(aws.endpointArn);

    expect((await endpointNow())?.Contact).toBe('REQUIRED');
    await expect(update(AcmeEndpointArn)).rejects.toMatchObject({ name: 'ConflictException' });
  });

  test('is deleted with its validations, bindings and accounts; its directory answers 404 at once', async () => {
    const client = await aClient(aws);
    await client.register(aws.binding);
    await aws.acm.send(new DeleteAcmeEndpointCommand({ AcmeEndpointArn: aws.endpointArn }));
    expect((await endpointNow())?.Status).toBe('DELETING');
    expect((await client.ask('GET', '/directory')).status).toBe(404);
    await aws.clock.advance(15_000);

    await expect(endpointNow()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(validationNow(aws.validationArn)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await aws.acm.send(new DeleteAcmeEndpointCommand({ AcmeEndpointArn: aws.endpointArn }));
  });

  test('is one of fifty in a Region', async () => {
    for (let n = 1; n < 50; n++) {
      await aws.acm.send(new CreateAcmeEndpointCommand(NEW));
      await aws.clock.advance(100);
    }
    const page = await aws.acm.send(new ListAcmeEndpointsCommand({ MaxResults: 49 }));
    const rest = await aws.acm.send(new ListAcmeEndpointsCommand({ NextToken: page.NextToken }));

    expect([page.AcmeEndpoints?.length, rest.AcmeEndpoints?.length]).toEqual([49, 1]);
    await expect(aws.acm.send(new CreateAcmeEndpointCommand(NEW))).rejects.toMatchObject({
      name: 'ServiceQuotaExceededException',
    });
    await expect(aws.acm.send(new ListAcmeEndpointsCommand({ MaxResults: 101 }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });

  test('cannot be found by another kind of ARN', async () => {
    await expect(
      aws.acm.send(new DescribeAcmeEndpointCommand({ AcmeEndpointArn: aws.validationArn })),
    ).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

describe('a domain validation', () => {
  test('shows its CNAME after some seconds, another one at each endpoint than RequestCertificate has', async () => {
    const { AcmeDomainValidationArn = '' } = await validate({});
    const early = await validationNow(AcmeDomainValidationArn);
    await aws.clock.advance(8_000);
    const shown = await validationNow(AcmeDomainValidationArn);
    const record = shown?.PrevalidationDetails?.DnsPrevalidation?.ResourceRecord;

    expect(early?.PrevalidationDetails?.DnsPrevalidation).toEqual({
      DomainScope: { ExactDomain: 'ENABLED', Subdomains: 'DISABLED', Wildcards: 'DISABLED' },
    });
    expect(early).toMatchObject({ Status: 'VALIDATING', PrevalidationType: 'DNS_PREVALIDATION' });
    expect(record).toMatchObject({ Type: 'CNAME', Name: expect.stringMatching(/^_[0-9a-f]{32}\.shop\.test\.$/) });
    expect(record?.Value).toMatch(/\.acm-validations\.aws\.$/);
  });

  test('A9: is INVALID after 72 hours without its CNAME, and says so', async () => {
    const { AcmeDomainValidationArn = '' } = await validate({});
    await aws.clock.advance(3 * DAY_MS + 1_000);

    expect(await validationNow(AcmeDomainValidationArn)).toMatchObject({
      Status: 'INVALID',
      FailureDetails: { Reason: 'TIMED_OUT' },
    });
    await validate({});
  });

  test('is INVALID by DOMAIN_MISMATCH when another value was there all the time', async () => {
    const { AcmeDomainValidationArn = '' } = await validate({});
    await aws.clock.advance(8_000);
    const shown = await validationNow(AcmeDomainValidationArn);
    aws.dns.set(shown?.PrevalidationDetails?.DnsPrevalidation?.ResourceRecord?.Name ?? '', 'CNAME', 'other.test');
    await aws.clock.advance(3 * DAY_MS);

    expect((await validationNow(AcmeDomainValidationArn))?.FailureDetails?.Reason).toBe('DOMAIN_MISMATCH');
  });

  test.each([
    ["A23: a name of Amazon's own", 'x.elasticbeanstalk.com', 'DOMAIN_NOT_ALLOWED'],
    ['a name without a top-level domain', 'shop.nowhere', 'INVALID_PUBLIC_DOMAIN'],
  ])('of %s is INVALID within seconds', async (_, DomainName, reason) => {
    const { AcmeDomainValidationArn = '' } = await validate({ DomainName });
    await aws.clock.advance(5_000);

    expect((await validationNow(AcmeDomainValidationArn))?.FailureDetails?.Reason).toBe(reason);
  });

  test('of an endpoint that is being deleted is refused', async () => {
    await aws.acm.send(new DeleteAcmeEndpointCommand({ AcmeEndpointArn: aws.endpointArn }));

    await expect(validate({})).rejects.toMatchObject({ name: 'ConflictException' });
  });

  test.each([
    ['with capital letters', { DomainName: 'Shop.test' }],
    ['of a wildcard', { DomainName: '*.shop.test' }],
    ['that covers nothing', { PrevalidationOptions: { DnsPrevalidation: { DomainScope: {} } } }],
    ['without options', { PrevalidationOptions: {} }],
  ])('A23: %s is a ValidationException', async (_, input) => {
    await expect(validate(input)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  test('is one for a domain and an endpoint', async () => {
    await validate({});
    await expect(validate({})).rejects.toMatchObject({ name: 'ConflictException' });
  });

  test('changes what it covers; its deletion leaves issued certificates alone', async () => {
    const named = { AcmeDomainValidationArn: aws.validationArn };
    await aws.acm.send(new UpdateAcmeDomainValidationCommand({ ...named, PrevalidationOptions: EXACT }));
    const client = await aClient(aws);
    await client.register(aws.binding);
    expect((await client.order('www.example.test')).status).toBe(400);
    expect((await client.order('example.test')).status).toBe(201);
    await aws.acm.send(new DeleteAcmeDomainValidationCommand(named));

    expect((await validationNow(aws.validationArn))?.Status).toBe('DELETING');
    expect((await client.order('example.test')).status).toBe(400);
    await aws.clock.advance(15_000);
    const { AcmeDomainValidations } = await aws.acm.send(
      new ListAcmeDomainValidationsCommand({ AcmeEndpointArn: aws.endpointArn }),
    );
    expect(AcmeDomainValidations).toEqual([]);
  });

  describe('with a hosted zone', () => {
    const inZone = (HostedZoneId: string) => ({
      PrevalidationOptions: { DnsPrevalidation: { ...EXACT.DnsPrevalidation, HostedZoneId } },
    });

    test('has its CNAME written by ACM', async () => {
      const route53 = aws.client(Route53Client);
      const { HostedZone } = await route53.send(
        new CreateHostedZoneCommand({ Name: 'shop.test', CallerReference: 'a' }),
      );
      await validate(inZone(HostedZone?.Id?.replace('/hostedzone/', '') ?? ''));
      await aws.clock.advance(10_000);
      const { ResourceRecordSets } = await route53.send(
        new ListResourceRecordSetsCommand({ HostedZoneId: HostedZone?.Id }),
      );

      expect(ResourceRecordSets?.find(({ Type }) => Type === 'CNAME')?.ResourceRecords?.[0]?.Value).toMatch(
        /acm-validations/,
      );
    });

    test('that is not there is INVALID', async () => {
      const { AcmeDomainValidationArn = '' } = await validate(inZone('Z0000000000000'));
      await aws.clock.advance(10_000);

      expect((await validationNow(AcmeDomainValidationArn))?.FailureDetails?.Reason).toBe('HOSTED_ZONE_NOT_FOUND');
    });

    test('that the caller may not change is INVALID', async () => {
      const route53 = aws.client(Route53Client);
      const { HostedZone } = await route53.send(
        new CreateHostedZoneCommand({ Name: 'shop.test', CallerReference: 'a' }),
      );
      const acm = await asRole({ Effect: 'Allow', Action: 'acm:*', Resource: '*' });
      const { AcmeDomainValidationArn = '' } = await acm.send(
        new CreateAcmeDomainValidationCommand({
          AcmeEndpointArn: aws.endpointArn,
          DomainName: 'shop.test',
          ...inZone(HostedZone?.Id?.replace('/hostedzone/', '') ?? ''),
        }),
      );
      await aws.clock.advance(10_000);

      expect((await validationNow(AcmeDomainValidationArn))?.FailureDetails?.Reason).toBe('ACCESS_DENIED');
    });
  });
});

describe('a binding', () => {
  const bind = (input: object = {}) =>
    aws.acm.send(
      new CreateAcmeExternalAccountBindingCommand({ AcmeEndpointArn: aws.endpointArn, RoleArn: ROLE, ...input }),
    );

  test('has a key id and a MAC key that can be read again, and expires when it is told to', async () => {
    const { ExternalAccountBinding: made } = await bind({ Expiration: { Value: 7, Type: 'DAYS' } });
    const arn = made?.AcmeExternalAccountBindingArn;
    const read = () =>
      aws.acm.send(new GetAcmeExternalAccountBindingCredentialsCommand({ AcmeExternalAccountBindingArn: arn }));
    const { KeyId, MacKey } = await read();

    expect(Buffer.from(MacKey ?? '', 'base64url')).toHaveLength(32);
    expect(await read()).toMatchObject({ KeyId, MacKey });
    expect(made?.ExpiresAt?.getTime()).toBe((made?.CreatedAt?.getTime() ?? 0) + 7 * DAY_MS);
  });

  test('with a role of another account is refused', async () => {
    await expect(bind({ RoleArn: ROLE.replace('123456789012', '210987654321') })).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });

  test('for a token that made one which is gone is made anew', async () => {
    const made = async () => (await bind({ IdempotencyToken: 'one' })).ExternalAccountBinding;
    const [first, again] = [await made(), await made()];
    expect(again).toEqual(first);
    const AcmeExternalAccountBindingArn = first?.AcmeExternalAccountBindingArn;
    await aws.acm.send(new DeleteAcmeExternalAccountBindingCommand({ AcmeExternalAccountBindingArn }));

    expect((await made())?.AcmeExternalAccountBindingArn).not.toBe(AcmeExternalAccountBindingArn);
  });

  test.each([
    ['a role that is not there', { RoleArn: 'arn:aws:iam::123456789012:role/Nobody' }],
    ['what is no role', { RoleArn: 'arn:aws:iam::123456789012:user/Alice' }],
    ['an expiration of nothing', { Expiration: { Value: 0, Type: 'DAYS' } }],
    ['an unknown unit', { Expiration: { Value: 1, Type: 'WEEKS' } }],
  ])('with %s is a ValidationException', async (_, input) => {
    await expect(bind(input)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  test.each([
    ['sts:TagSession is missing', { Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'] }],
    ['another service is trusted', { Principal: { Service: 'acm.amazonaws.com' } }],
    ['another source identity is wanted', { Condition: { StringEquals: { 'sts:SourceIdentity': 'acm-acme-prod' } } }],
    [
      'a key that ACM does not send is wanted',
      { Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } } },
    ],
  ])('with a role in whose trust policy %s is a ValidationException', async (_, change) => {
    const whole = { Effect: 'Allow', Principal: { Service: 'acm-acme.amazonaws.com' }, Action: 'sts:*', ...change };
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [whole] });
    await aws.iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'AcmeIssuance', PolicyDocument }));

    await expect(bind()).rejects.toMatchObject({ name: 'ValidationException' });
  });

  test('needs iam:PassRole for the ACME service to be created; its credentials need a permission of their own', async () => {
    const create = {
      Effect: 'Allow' as const,
      Action: 'acm:CreateAcmeExternalAccountBinding',
      Resource: aws.endpointArn,
    };
    const pass = {
      Effect: 'Allow' as const,
      Action: 'iam:PassRole',
      Resource: ROLE,
      Condition: { StringEquals: { 'iam:PassedToService': 'acm-acme.amazonaws.com' } },
    };
    const without = await asRole(create);
    const input = { AcmeEndpointArn: aws.endpointArn, RoleArn: ROLE };
    await expect(without.send(new CreateAcmeExternalAccountBindingCommand(input))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('iam:PassRole'),
    });
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [create, pass] });
    await aws.iam.send(new PutRolePolicyCommand({ RoleName: 'Admin', PolicyName: 'may', PolicyDocument }));
    await without.send(new CreateAcmeExternalAccountBindingCommand(input));
    await expect(
      without.send(
        new GetAcmeExternalAccountBindingCredentialsCommand({ AcmeExternalAccountBindingArn: aws.binding.arn }),
      ),
    ).rejects.toMatchObject({ name: 'AccessDeniedException' });
    const { ExternalAccountBindings } = await aws.acm.send(
      new ListAcmeExternalAccountBindingsCommand({ AcmeEndpointArn: aws.endpointArn }),
    );
    expect(ExternalAccountBindings).toHaveLength(2);
  });
});

test('endpoints bear tags, by which a role is judged', async () => {
  await aws.acm.send(new TagResourceCommand({ ResourceArn: aws.endpointArn, Tags: [{ Key: 'stack', Value: 'a' }] }));
  const { Tags } = await aws.acm.send(new ListTagsForResourceCommand({ ResourceArn: aws.endpointArn }));
  const other = await asRole({
    Effect: 'Allow',
    Action: 'acm:*',
    Resource: '*',
    Condition: { StringEquals: { 'aws:ResourceTag/stack': 'b' } },
  });

  expect(Tags).toEqual([{ Key: 'stack', Value: 'a' }]);
  await expect(other.send(new DescribeAcmeEndpointCommand({ AcmeEndpointArn: aws.endpointArn }))).rejects.toMatchObject(
    { name: 'AccessDeniedException' },
  );
});

test('the domain validations of an account change five times a second', async () => {
  for (let n = 0; n < 5; n++) await validate({ DomainName: `s${n}.test` });
  await expect(validate({ DomainName: 's5.test' })).rejects.toMatchObject({ name: 'ThrottlingException' });
});

test('what was issued by ACME is deleted only after its end, and by ACM a year later', async () => {
  const CertificateArn = await issue(aws, 'www.example.test');
  const remove = () => aws.acm.send(new DeleteCertificateCommand({ CertificateArn }));
  await expect(remove()).rejects.toMatchObject({ name: 'ConflictException' });
  await aws.clock.advance(46 * DAY_MS);
  await remove();
  const second = await issue(aws, 'example.test');
  await aws.clock.advance(45 * DAY_MS + 366 * DAY_MS);

  await expect(aws.acm.send(new DeleteCertificateCommand({ CertificateArn: second }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});
