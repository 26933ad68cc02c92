import type { ListHostedZonesResponse, ListResourceRecordSetsResponse } from '@aws-sdk/client-route-53';
import { afterEach, describe, expect, test } from '@jest/globals';
import { Nameplate, type Shown } from '../support/nameplate.ts';

const ZONE = 'example.test';
const SHOP = 'shop.example.test';
const EXTERNAL_ID = 'nameplate-and-us';

let nameplate: Nameplate;
afterEach(() => nameplate.close());

/** Calls an operation as the administrator of the account that has the zone. */
async function there<Output>(service: string, operation: string, input: object = {}): Promise<Output> {
  const { dispatch, otherAccount, region } = nameplate.aws;
  const principal = { arn: `arn:aws:iam::${otherAccount}:root` };
  return (await dispatch({ service, operation, input, principal, region })) as Output;
}

const ACTIONS = [
  'route53:ListHostedZones',
  'route53:GetHostedZone',
  'route53:GetChange',
  'route53:ListTagsForResource',
  'route53:ListResourceRecordSets',
  'route53:ChangeResourceRecordSets',
];

/** Boots with the zone in another account, and a role there that lets this stack in by its external id. */
async function bootWithRole({ actions = ACTIONS, externalId = EXTERNAL_ID } = {}): Promise<object> {
  nameplate = await Nameplate.boot();
  await there('route53', 'CreateHostedZone', { Name: ZONE, CallerReference: 'theirs' });
  const trust = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${nameplate.aws.account}:root` },
        Action: 'sts:AssumeRole',
        Condition: {
          StringEquals: { 'sts:ExternalId': externalId },
          ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${nameplate.aws.account}:role/Nameplate-*` },
        },
      },
    ],
  };
  const RoleName = 'nameplate-dns';
  await there('iam', 'CreateRole', { RoleName, AssumeRolePolicyDocument: JSON.stringify(trust) });
  const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] };
  await there('iam', 'PutRolePolicy', { RoleName, PolicyName: 'dns', PolicyDocument: JSON.stringify(policy) });
  const role = `arn:aws:iam::${nameplate.aws.otherAccount}:role/${RoleName}`;
  return nameplate.document(SHOP, { dns: { role, externalId: EXTERNAL_ID } });
}

/** The records of their zone: "shop.example.test. A". */
async function theirRecords(): Promise<string[]> {
  const { HostedZones: [zone] = [] } = await there<ListHostedZonesResponse>('route53', 'ListHostedZones');
  const input = { HostedZoneId: zone?.Id };
  const listed = await there<ListResourceRecordSetsResponse>('route53', 'ListResourceRecordSets', input);
  return (listed.ResourceRecordSets ?? []).map(({ Name, Type }) => `${Name} ${Type}`).sort();
}

/** The owner of the zone enters the challenge as it is shown. */
async function prove(): Promise<void> {
  const { records } = (await nameplate.show(SHOP)) as Shown & { records: { name: string; values: string[] }[] };
  const [{ Id } = {}] = (await there<ListHostedZonesResponse>('route53', 'ListHostedZones')).HostedZones ?? [];
  const Changes = records.map(({ name, values }) => ({
    Action: 'CREATE',
    ResourceRecordSet: {
      Name: name,
      Type: 'TXT',
      TTL: 300,
      ResourceRecords: values.map((value) => ({ Value: `"${value}"` })),
    },
  }));
  await there('route53', 'ChangeResourceRecordSets', { HostedZoneId: Id, ChangeBatch: { Changes } });
}

describe('a site whose zone is in another account', () => {
  test('S2: goes live by the role once the name is proven, and is undone by it', async () => {
    const document = await bootWithRole();
    expect((await nameplate.post(document)).status).toBe(202);
    const waiting = await nameplate.waitsIn(SHOP, 'CheckDelegation');
    await nameplate.aws.clock.advance(600_000);
    expect((await nameplate.show(SHOP)).waiting[0]?.for).toContain(`Enter _nameplate-challenge.${SHOP} TXT`);
    expect(waiting.steps.flatMap(({ made }) => made.filter(({ ours }) => ours))).toEqual([]);
    const before = await theirRecords();
    await prove();

    const live = await nameplate.ended(SHOP);
    expect([live.state, live.reason]).toEqual(['live', undefined]);
    expect((await nameplate.viewer.https(SHOP)).status).toBe(200);
    expect(await theirRecords()).toEqual(
      expect.arrayContaining([`${SHOP}. A`, `${SHOP}. AAAA`, `_nameplate.${SHOP}. TXT`]),
    );
    expect((await nameplate.ask<ListHostedZonesResponse>('route53', 'ListHostedZones')).HostedZones).toEqual([]);
    const callers = nameplate.aws.calls.since(0).filter(({ service, mutating }) => service === 'route53' && mutating);
    const roles = callers.filter(({ principal }) => !principal.endsWith(':root')).map(({ principal }) => principal);
    expect(new Set(roles)).toEqual(
      new Set([`arn:aws:sts::${nameplate.aws.otherAccount}:assumed-role/nameplate-dns/nameplate-Nameplate`]),
    );
    expect((await nameplate.logLines()).join('\n')).not.toMatch(/SecretAccessKey|SessionToken|ASIA/);

    await nameplate.undo(SHOP);
    expect(await nameplate.ended(SHOP)).toMatchObject({ state: 'undone' });
    expect(await theirRecords()).toEqual([...before, `_nameplate-challenge.${SHOP}. TXT`].sort());
  });

  test('S13: is refused with the exact trust policy when the role does not let us in', async () => {
    const document = await bootWithRole({ externalId: 'of-somebody-else' });
    const refused = await nameplate.post(document);
    expect(refused.status).toBe(422);
    const { errors } = (await refused.json()) as { errors: { pointer: string; detail: string }[] };
    expect(errors).toEqual([
      { pointer: '#/dns/role', detail: expect.stringContaining(`"StringEquals":{"sts:ExternalId":"${EXTERNAL_ID}"}`) },
    ]);
    expect((await nameplate.show(SHOP)).state).toBeUndefined();
  });

  test('is told which permission the role lacks, and takes back what it made', async () => {
    const document = await bootWithRole({ actions: ACTIONS.filter((action) => !action.includes('Change')) });
    expect((await nameplate.post(document)).status).toBe(202);
    await nameplate.waitsIn(SHOP, 'CheckDelegation');
    await prove();
    const undone = await nameplate.ended(SHOP);
    expect(undone.state).toBe('undone');
    expect(undone.reason).toMatchObject({
      step: 'WriteValidationRecords',
      error: 'Refused',
      message: expect.stringMatching(
        /assumed-role\/nameplate-dns\/.*not authorized to perform: route53:ChangeResource/,
      ),
    });
  });
});
