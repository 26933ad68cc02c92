import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  ChangeResourceRecordSetsCommand,
  CreateHealthCheckCommand,
  CreateHostedZoneCommand,
  ListHostedZonesCommand,
  Route53Client,
} from '@aws-sdk/client-route-53';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { eachAccount } from '../../local/accounts.ts';
import type { Host } from '../../local/host.ts';
import { createPermissions, type RolePermissions } from '../../local/permissions/permissions.ts';
import { rolesOf } from '../../local/permissions/roles-of.ts';
import { createIam } from '../../local/services/iam/service.ts';
import { createRoute53 } from '../../local/services/route53/service.ts';
import { createSts } from '../../local/services/sts/service.ts';
import { type AFront, aFront } from '../support/front.ts';
import { aDnsWorld } from './dns/world.ts';

const HOME = '123456789012';
const OTHER = '210987654321';
const ROLE = `arn:aws:iam::${OTHER}:role/dns`;

let aws: AFront;
let permissions: RolePermissions;

beforeEach(async () => {
  const { names } = aDnsWorld();
  aws = await aFront({
    services(given) {
      const host: Host = Object.assign(given, { otherAccounts: [OTHER] });
      const other = { ...host, account: OTHER };
      const [iam, otherIam] = [createIam(host), createIam(other)];
      const route53 = createRoute53(host, { ...names });
      const otherRoute53 = createRoute53(other, { ...names, healthOf: [route53] });
      const roles = rolesOf({ [HOME]: iam.roles, [OTHER]: otherIam.roles });
      permissions = createPermissions(host, roles);
      const sts = createSts(host, { roles, issue: permissions.issue }).service;
      return [
        eachAccount({ [HOME]: iam.service, [OTHER]: otherIam.service }, iam.service),
        eachAccount({ [HOME]: sts, [OTHER]: sts }, sts),
        eachAccount({ [HOME]: route53.service, [OTHER]: otherRoute53.service }, route53.service),
      ];
    },
    permissions: () => ({
      session: (key) => permissions.session(key),
      refusal: (ask) => permissions.refusal(ask),
    }),
  });
});
afterEach(() => aws.close());

const theirs = { credentials: { accessKeyId: OTHER, secretAccessKey: 'any' } };
const zonesOf = async (client: Route53Client) =>
  ((await client.send(new ListHostedZonesCommand())).HostedZones ?? []).map(({ Name }) => Name);

/** A role of the other account that the home account may take by an external id. */
async function aRole(actions: string[]): Promise<void> {
  const iam = aws.client(IAMClient, theirs);
  const statement = {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${HOME}:root` },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'sts:ExternalId': 'ours' } },
  };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await iam.send(new CreateRoleCommand({ RoleName: 'dns', AssumeRolePolicyDocument }));
  const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] };
  await iam.send(
    new PutRolePolicyCommand({ RoleName: 'dns', PolicyName: 'p', PolicyDocument: JSON.stringify(policy) }),
  );
}

async function taken(ExternalId?: string): Promise<Route53Client> {
  const sts = aws.client(STSClient);
  const input = { RoleArn: ROLE, RoleSessionName: 'session', ...(ExternalId !== undefined && { ExternalId }) };
  const { Credentials } = await sts.send(new AssumeRoleCommand(input));
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  return aws.client(Route53Client, { credentials });
}

test('an account sees its own zones and nobody else’s', async () => {
  const [here, there] = [aws.client(Route53Client), aws.client(Route53Client, theirs)];
  await there.send(new CreateHostedZoneCommand({ Name: 'example.test', CallerReference: 'one' }));
  expect([await zonesOf(here), await zonesOf(there)]).toEqual([[], ['example.test.']]);
});

test('a stale answer is one that the same account had before', async () => {
  const [here, there] = [aws.client(Route53Client), aws.client(Route53Client, theirs)];
  aws.faults.add({ service: 'route53', operation: 'ListHostedZones', kind: 'stale', seconds: 60, times: 9 });
  expect(await zonesOf(there)).toEqual([]);
  await here.send(new CreateHostedZoneCommand({ Name: 'example.test', CallerReference: 'one' }));
  expect(await zonesOf(here)).toEqual(['example.test.']);
});

test("another account's number as the key is its administrator", async () => {
  const { Account } = await aws.client(STSClient, theirs).send(new GetCallerIdentityCommand());
  expect(Account).toBe(OTHER);
});

test('S13: a role of another account is taken by its external id, and by no other', async () => {
  await aRole(['route53:ListHostedZones']);
  await expect(taken()).rejects.toMatchObject({ name: 'AccessDenied' });
  await expect(taken('guessed')).rejects.toMatchObject({ name: 'AccessDenied' });
  await aws
    .client(Route53Client, theirs)
    .send(new CreateHostedZoneCommand({ Name: 'example.test', CallerReference: 'one' }));
  expect(await zonesOf(await taken('ours'))).toEqual(['example.test.']);
});

test('the session may do what the policy of the role allows, in its own account', async () => {
  await aRole(['route53:ListHostedZones']);
  const client = await taken('ours');
  const create = client.send(new CreateHostedZoneCommand({ Name: 'example.test', CallerReference: 'one' }));
  await expect(create).rejects.toMatchObject({
    name: 'AccessDenied',
    message: expect.stringContaining(`arn:aws:sts::${OTHER}:assumed-role/dns/session is not authorized`),
  });
});

test('a record follows the health check of another account, and none that no account has', async () => {
  const { HealthCheck } = await aws.client(Route53Client).send(
    new CreateHealthCheckCommand({
      CallerReference: 'ours',
      HealthCheckConfig: { Type: 'HTTP', FullyQualifiedDomainName: 'origin.shop.example.test', Port: 80 },
    }),
  );
  const other = aws.client(Route53Client, theirs);
  const { HostedZone } = await other.send(
    new CreateHostedZoneCommand({ Name: 'shop.example.test', CallerReference: 'theirs' }),
  );
  const point = (HealthCheckId: string | undefined) =>
    other.send(
      new ChangeResourceRecordSetsCommand({
        HostedZoneId: HostedZone?.Id,
        ChangeBatch: {
          Changes: [
            {
              Action: 'CREATE',
              ResourceRecordSet: {
                Name: 'shop.example.test',
                Type: 'A',
                SetIdentifier: 'primary',
                Failover: 'PRIMARY',
                TTL: 60,
                ResourceRecords: [{ Value: '203.0.113.9' }],
                HealthCheckId,
              },
            },
          ],
        },
      }),
    );
  await expect(point('0385ed2d-d65c-4f63-a19b-2412a31ef431')).rejects.toMatchObject({ name: 'NoSuchHealthCheck' });
  expect((await point(HealthCheck?.Id)).ChangeInfo?.Status).toBe('PENDING');
});
