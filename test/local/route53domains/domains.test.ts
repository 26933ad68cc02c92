import { Route53Domains } from '@aws-sdk/client-route-53-domains';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createRoute53Domains } from '../../../local/services/route53domains/service.ts';
import { type AFront, aFront } from '../../support/front.ts';

const DomainName = 'shop.test';
const expiresAt = new Date('2027-06-01T00:00:00Z');
const BEFORE = [{ Name: 'ns1.old.test' }, { Name: 'ns2.old.test' }];
const AFTER = [{ Name: 'ns-1.awsdns-01.com' }, { Name: 'ns-2.awsdns-02.net' }];

let aws: AFront;
let domains: Route53Domains;
let made: ReturnType<typeof createRoute53Domains>;
/** What the registry has been told. */
let delegated: string[][];
beforeEach(async () => {
  delegated = [];
  const registrar = {
    delegate: (_: string, servers: string[]) => void delegated.push(servers),
    delegation: () => [],
  };
  aws = await aFront({
    services: (host) => {
      made = createRoute53Domains(host, { registrar });
      return [made.service];
    },
  });
  made.domains.register(DomainName, { expiresAt, nameServers: BEFORE });
  delegated = [];
  domains = aws.client(Route53Domains);
});
afterEach(() => aws.close());

const update = (Nameservers = AFTER, name = DomainName) =>
  domains.updateDomainNameservers({ DomainName: name, Nameservers });
const names = async () => (await domains.getDomainDetail({ DomainName })).Nameservers?.map(({ Name }) => Name);

test('a domain is listed, and told with its end, renewal and name servers; one of others is not found', async () => {
  expect((await domains.listDomains({})).Domains).toMatchObject([{ DomainName, AutoRenew: true, Expiry: expiresAt }]);
  expect(await domains.getDomainDetail({ DomainName })).toMatchObject({
    ExpirationDate: expiresAt,
    AutoRenew: true,
    Nameservers: BEFORE,
    StatusList: ['clientTransferProhibited'],
  });
  await expect(domains.getDomainDetail({ DomainName: 'other.test' })).rejects.toMatchObject({ name: 'InvalidInput' });
});

test('name servers change within minutes, and DNS follows later', async () => {
  const { OperationId } = await update();
  const status = async () => (await domains.getOperationDetail({ OperationId })).Status;
  expect(await status()).toBe('SUBMITTED');
  await aws.clock.advance(10_000);
  expect([await status(), await names()]).toEqual(['IN_PROGRESS', BEFORE.map(({ Name }) => Name)]);
  await aws.clock.advance(300_000);
  expect([await status(), await names()]).toEqual(['SUCCESSFUL', AFTER.map(({ Name }) => Name)]);
  await aws.clock.advance(120_000);
  expect(delegated).toEqual([AFTER.map(({ Name }) => Name)]);
});

test('a registry that refuses ends the operation FAILED and leaves the name servers; one that takes days says what it waits for', async () => {
  made.domains.registries.set(DomainName, { refuses: 'Nameserver not registered' });
  const refused = await update();
  await aws.clock.advance(310_000);
  expect(await domains.getOperationDetail({ OperationId: refused.OperationId })).toMatchObject({
    Status: 'FAILED',
    Message: 'Nameserver not registered',
  });
  expect([await names(), delegated]).toEqual([BEFORE.map(({ Name }) => Name), []]);
  made.domains.registries.set(DomainName, { takesSeconds: 86_400, flag: 'PENDING_SUPPORT_CASE' });
  const { OperationId } = await update();
  await aws.clock.advance(3_600_000);
  const waiting = await domains.getOperationDetail({ OperationId });
  expect([waiting.Status, waiting.StatusFlag]).toEqual(['IN_PROGRESS', 'PENDING_SUPPORT_CASE']);
  await aws.clock.advance(86_400_000);
  const done = await domains.getOperationDetail({ OperationId });
  expect([done.Status, done.StatusFlag]).toEqual(['SUCCESSFUL', undefined]);
});

test('a second change of the same domain waits for the first', async () => {
  await update();
  await expect(update()).rejects.toMatchObject({ name: 'DuplicateRequest' });
});

test('no more than 20 operations run at once', async () => {
  for (let count = 0; count < 20; count += 1) {
    made.domains.register(`shop${count}.test`, { expiresAt, nameServers: BEFORE });
    await update(AFTER, `shop${count}.test`);
  }
  await expect(update()).rejects.toMatchObject({ name: 'OperationLimitExceeded' });
});

describe('is refused', () => {
  test.each([
    ['one name server', AFTER.slice(0, 1)],
    ['seven', Array.from({ length: 7 }, (_, place) => ({ Name: `ns${place}.other.test` }))],
    ['a name twice', [...AFTER, ...AFTER]],
    ['what is no name', [{ Name: '192.0.2.1' }, ...AFTER]],
    ['one below the domain without an address', [{ Name: `ns1.${DomainName}` }, ...AFTER]],
  ])('%s', async (_, servers) => {
    await expect(update(servers)).rejects.toMatchObject({ name: 'InvalidInput' });
  });

  test('a domain whose status forbids it', async () => {
    made.domains.register(DomainName, { expiresAt, nameServers: BEFORE, statuses: ['clientUpdateProhibited'] });
    await expect(update()).rejects.toMatchObject({ name: 'TLDRulesViolation' });
  });

  test('every Region but us-east-1', async () => {
    const elsewhere = aws.client(Route53Domains, { region: 'eu-central-1' });
    await expect(elsewhere.listDomains({})).rejects.toMatchObject({ name: 'InvalidSignatureException' });
  });
});
