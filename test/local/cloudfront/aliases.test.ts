import { CloudFront, type DistributionConfig } from '@aws-sdk/client-cloudfront';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  type ACloudFront,
  aCloudFront,
  aConfig,
  aDistribution,
  anAcmCertificate,
  anOrigin,
  get,
  ORIGIN,
  update,
} from './a-cloudfront.ts';

let world: ACloudFront;
let certificate: string;
beforeAll(async () => {
  world = await aCloudFront();
  certificate = await anAcmCertificate(world, { domains: ['example.test', '*.example.test', '*.deep.example.test'] });
  await anOrigin(world, { name: ORIGIN.name });
});
afterAll(() => world.close());

let number = 0;
/** A name that no other test has. */
const aName = () => `n${++number}.example.test`;
const withAlias = (alias: string) => aDistribution(world, { aliases: [alias], certificate });
const aliases = (...Items: string[]): Pick<DistributionConfig, 'Aliases'> => ({
  Aliases: { Quantity: Items.length, Items },
});
const creating = (options: Parameters<typeof aConfig>[0]) =>
  world.cloudfront.createDistribution({ DistributionConfig: aConfig(options) });
const ON_ANOTHER = 'One or more of the CNAMEs you provided are already associated with a different resource.';
const RESOLVES = expect.stringContaining(
  'includes an incorrectly configured DNS record that points to another CloudFront',
);

test('C1: an alias is on one distribution only', async () => {
  const name = aName();
  const { id } = await withAlias(name);
  const conflict = { name: 'CNAMEAlreadyExists', message: ON_ANOTHER, $metadata: { httpStatusCode: 409 } };
  await expect(creating({ aliases: [name], certificate })).rejects.toMatchObject(conflict);
  const other = await aDistribution(world, { certificate });
  await expect(update(world, other.id, () => aliases(name))).rejects.toMatchObject(conflict);
  await update(world, id, () => ({ Aliases: { Quantity: 0 } }));
  await update(world, other.id, () => aliases(name));
});

test("C1: an alias of another account's distribution is refused with the same words", async () => {
  const name = aName();
  world.hooks.addStranger({ alias: name });
  await expect(creating({ aliases: [name], certificate })).rejects.toMatchObject({ message: ON_ANOTHER });
});

test('C1: a name that still leads to another distribution is refused, by CNAME or by address, until the DNS is changed', async () => {
  const { domainName } = await aDistribution(world);
  const stranger = world.hooks.addStranger({ alias: 'elsewhere.example.test' });
  for (const target of [[domainName], world.names.get(domainName)?.a() ?? [], [stranger.domainName]]) {
    const name = aName();
    world.dns.set(name, target);
    await expect(creating({ aliases: [name], certificate })).rejects.toMatchObject({
      name: 'CNAMEAlreadyExists',
      message: RESOLVES,
    });
    world.dns.set(name, ['203.0.113.80']);
    await withAlias(name);
  }
});

test('C1: a name that leads to the distribution itself may become its alias', async () => {
  const name = aName();
  const { id, domainName } = await aDistribution(world, { certificate });
  world.dns.set(name, [domainName]);
  await update(world, id, () => aliases(name));
});

test('a wildcard and a name under it may be on different distributions, and the name is served by its own', async () => {
  const name = 'a.deep.example.test';
  const wildcard = await withAlias('*.deep.example.test');
  const exact = await aDistribution(world, {
    aliases: [name],
    certificate,
    origin: { CustomHeaders: { Quantity: 1, Items: [{ HeaderName: 'X-Exact', HeaderValue: 'yes' }] } },
  });
  const leave = await anOrigin(world, {
    address: '203.0.113.11',
    name: 'origin.example.test',
    listener: (request, response) => response.end(String(request.headers['x-exact'] ?? 'wildcard')),
  });
  world.dns.set('origin.example.test', ['203.0.113.11']);
  expect(await get(world, wildcard, { host: name })).toMatchObject({ body: 'yes' });
  expect(await get(world, exact, { host: 'b.deep.example.test' })).toMatchObject({ body: 'wildcard' });
  world.dns.set('origin.example.test', ['203.0.113.10']);
  leave();
});

test.each([
  ['upper case', 'Shop.example.test'],
  ['a dot at the end', 'shop.example.test.'],
  ['a star in the middle', 'a.*.example.test'],
  ['a part of a label', 'a*.example.test'],
  ["CloudFront's own domain", 'd111111abcdef8.cloudfront.net'],
])('%s is no alias', async (_, name) => {
  await expect(creating({ aliases: [name], certificate })).rejects.toMatchObject({ name: 'InvalidArgument' });
});

test('C6: there are a hundred aliases at most', async () => {
  const names = Array.from({ length: 101 }, (_, at) => `m${at}.example.test`);
  await expect(creating({ aliases: names, certificate })).rejects.toMatchObject({ name: 'TooManyDistributionCNAMEs' });
});

test('conflicts are listed for who has a certificate, wildcards too, the ids masked', async () => {
  const { cloudfront } = world;
  const name = 'w.deep.example.test';
  const source = await withAlias(name);
  const target = await aDistribution(world, { certificate });
  const { ConflictingAliasesList: list } = await cloudfront.listConflictingAliases({
    DistributionId: target.id,
    Alias: name,
  });
  expect(list).toMatchObject({
    Quantity: 2,
    Items: [
      { Alias: '*.deep.example.test' },
      { Alias: name, DistributionId: `*******${source.id.slice(-7)}`, AccountId: '******789012' },
    ],
  });
  const { DomainConflicts: conflicts } = await cloudfront.listDomainConflicts({
    Domain: name,
    DomainControlValidationResource: { DistributionId: target.id },
  });
  expect(conflicts?.[1]).toEqual({
    Domain: name,
    ResourceType: 'distribution',
    ResourceId: `*******${source.id.slice(-7)}`,
    AccountId: '******789012',
  });
  const bare = await aDistribution(world);
  await expect(cloudfront.listConflictingAliases({ DistributionId: bare.id, Alias: name })).rejects.toMatchObject({
    name: 'InvalidArgument',
  });
});

test('C1: AssociateAlias moves an alias while both serve, and no edge location is without it', async () => {
  const name = aName();
  const source = await withAlias(name);
  const target = await aDistribution(world, { certificate });
  await world.cloudfront.associateAlias({ TargetDistributionId: target.id, Alias: name });
  for (let second = 0; second < 90; second += 15) {
    const statuses = await Promise.all([0, 1, 2, 3].map((edge) => get(world, source, { host: name, edge })));
    expect(statuses.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    await world.aws.clock.advance(15_000);
  }
  const { Distribution: before } = await world.cloudfront.getDistribution({ Id: source.id });
  const { Distribution: after, ETag } = await world.cloudfront.getDistribution({ Id: target.id });
  expect(before?.DistributionConfig?.Aliases).toEqual({ Quantity: 0 });
  expect(after?.DistributionConfig?.Aliases).toEqual({ Quantity: 1, Items: [name] });
  expect(ETag).not.toBe(target.etag);
});

test('C1: UpdateDomainAssociation wants the source disabled', async () => {
  const name = aName();
  const source = await withAlias(name);
  const target = await aDistribution(world, { certificate });
  const move = (IfMatch = target.etag) =>
    world.cloudfront.updateDomainAssociation({
      Domain: name,
      TargetResource: { DistributionId: target.id },
      IfMatch,
    });
  await expect(move()).rejects.toMatchObject({ name: 'IllegalUpdate' });
  await update(world, source.id, () => ({ Enabled: false }));
  await expect(move('E000000000000')).rejects.toMatchObject({ name: 'PreconditionFailed' });
  expect(await move()).toMatchObject({ Domain: name, ResourceId: target.id, ETag: expect.stringMatching(/^E/) });
});

test('C1: neither moves to a distribution whose certificate does not cover the name', async () => {
  const name = aName();
  await withAlias(name);
  const other = await anAcmCertificate(world, { domains: ['other.example.test'] });
  const target = await aDistribution(world, { certificate: other });
  await expect(world.cloudfront.associateAlias({ TargetDistributionId: target.id, Alias: name })).rejects.toMatchObject(
    { name: 'IllegalUpdate' },
  );
});

test('C1: from another account it takes a TXT record and a disabled source', async () => {
  const name = aName();
  const stranger = world.hooks.addStranger({ alias: name });
  const target = await aDistribution(world, { certificate });
  const move = () => world.cloudfront.associateAlias({ TargetDistributionId: target.id, Alias: name });
  await expect(move()).rejects.toMatchObject({ message: 'Invalid or missing alias DNS TXT records.' });
  world.dns.set(`_${name}`, [target.domainName]);
  await expect(move()).rejects.toMatchObject({ name: 'IllegalUpdate' });
  stranger.enabled = false;
  await move();
});

test('moving an alias takes the permission to change both distributions', async () => {
  const name = aName();
  const source = await withAlias(name);
  const target = await aDistribution(world, { certificate });
  const as = (...resources: string[]) =>
    world.aws
      .client(CloudFront, {
        credentials: world.aws.role(
          { Effect: 'Allow', Action: 'cloudfront:AssociateAlias', Resource: target.arn },
          { Effect: 'Allow', Action: 'cloudfront:UpdateDistribution', Resource: resources },
        ),
      })
      .associateAlias({ TargetDistributionId: target.id, Alias: name });
  await expect(as(target.arn)).rejects.toMatchObject({ name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
  await as(target.arn, source.arn);
});
