import { ListHostedZonesCommand, Route53Client } from '@aws-sdk/client-route-53';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { assumeRole } from '../../../aws/accounts/assume-role.ts';
import { route53Of } from '../../../aws/zones/route53-of.ts';
import { derivedExternalId } from '../../../domain/sites/external-id.ts';
import { awsError } from '../../support/steps.ts';

const sts = mockClient(STSClient);
const who = { account: '123456789012', stackName: 'Nameplate' };
const dns = { role: 'arn:aws:iam::210987654321:role/nameplate-dns', externalId: 'ours' };
const Expiration = new Date('2026-11-22T12:15:00Z');

beforeEach(() => {
  Object.assign(process.env, { AWS_REGION: 'us-east-1' });
  sts.reset();
});

describe('route53Of()', () => {
  test('is one client for each role and external id, and our own without a role', () => {
    const own = route53Of({}, who);
    expect(route53Of({ dns: 'route53' }, who)).toBe(own);
    const theirs = route53Of({ dns }, who);
    expect(theirs).toBeInstanceOf(Route53Client);
    expect(theirs).not.toBe(own);
    expect(route53Of({ dns: { ...dns } }, who)).toBe(theirs);
    expect(route53Of({ dns: { ...dns, externalId: 'other' } }, who)).not.toBe(theirs);
  });

  test('B6: S13: takes the role by the id that is derived for the stack and the tenant, where the site has none', async () => {
    sts.on(AssumeRoleCommand).rejects(awsError('AccessDenied', 'no', 403));
    for (const tenant of [undefined, 'acme', 'globex']) {
      const site = { dns: { role: dns.role }, ...(tenant && { tenant }) };
      await expect(route53Of(site, who).send(new ListHostedZonesCommand({}))).rejects.toThrow('Cannot take the role');
    }
    const ids = sts.commandCalls(AssumeRoleCommand).map(({ args }) => args[0].input.ExternalId);
    expect(ids).toEqual([undefined, 'acme', 'globex'].map((tenant) => derivedExternalId(who, tenant)));
    expect(new Set(ids).size).toBe(3);
  });

  test('S13: takes the role before it asks, and asks for nothing when it may not', async () => {
    sts.on(AssumeRoleCommand).rejects(awsError('AccessDenied', 'not authorized to perform: sts:AssumeRole', 403));
    const asked = route53Of({ dns: { ...dns, externalId: 'refused' } }, who).send(new ListHostedZonesCommand({}));
    await expect(asked).rejects.toMatchObject({ name: 'Misconfigured' });
    expect(sts.commandCalls(AssumeRoleCommand)).toHaveLength(1);
  });
});

describe('assumeRole()', () => {
  test('S13: gives the external id, says who it is, and takes the role for as short as can be', async () => {
    sts.on(AssumeRoleCommand).resolves({
      Credentials: { AccessKeyId: 'a', SecretAccessKey: 's', SessionToken: 't', Expiration },
    });
    expect(await assumeRole(dns, { ...who, stackName: 'Name plate' })).toMatchObject({
      accessKeyId: 'a',
      expiration: Expiration,
    });
    expect(sts.commandCalls(AssumeRoleCommand)[0]?.args[0].input).toEqual({
      RoleArn: dns.role,
      ExternalId: 'ours',
      RoleSessionName: 'nameplate-Name-plate',
      DurationSeconds: 900,
    });
  });

  test('A9: says that the role is malformed, and gives no trust policy for it', async () => {
    sts.on(AssumeRoleCommand).rejects(awsError('ValidationError', `${dns.role} is invalid`, 400));
    await expect(assumeRole(dns, who)).rejects.toMatchObject({
      name: 'Misconfigured',
      message: expect.stringMatching(/for the ARN of a role \(.* is invalid\). Correct "dns.role"/),
    });
  });

  test('B6: S13: says that the role does not let us in, and no external id', async () => {
    sts.on(AssumeRoleCommand).rejects(awsError('AccessDenied', 'no', 403));
    const refused = await assumeRole(dns, who).catch((error: Error) => error);
    expect(refused).toMatchObject({ name: 'Misconfigured', message: expect.stringContaining('Plan the site to see') });
    expect(String(refused)).not.toContain('ours');
  });

  test('leaves what is busy to be tried again', async () => {
    sts.on(AssumeRoleCommand).rejects(awsError('Throttling', 'slow down'));
    await expect(assumeRole(dns, who)).rejects.toMatchObject({ name: 'Throttling' });
  });
});
