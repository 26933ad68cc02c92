import { GetDomainDetailCommand, InvalidInput, Route53DomainsClient } from '@aws-sdk/client-route-53-domains';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { Resolver } from '../../../aws/dns/resolver.ts';
import { fetchJson } from '../../../aws/domains/fetch-json.ts';
import { readRegistration } from '../../../aws/domains/read-registration.ts';
import { useLedger } from '../../support/ledger.ts';
import { a, NameServers, soa } from '../../support/name-servers.ts';

const ledger = useLedger();
const registrar = mockClient(Route53DomainsClient);
const HOUR_MS = 3_600_000;
const start = new Date('2026-11-30T00:00:00Z');
let world: NameServers;
beforeEach(async () => {
  registrar.reset();
  // Every name leads into the network that the function runs in.
  world = await NameServers.start({
    '198.41.0.4': ({ name, type }) =>
      type === 'A' ? { answers: [a(name, '169.254.169.254')] } : { authorities: [soa('')] },
  });
});
afterEach(() => world.stop());

/** The registration as it is known so many hours after the first look. */
const read = (hours: number) =>
  readRegistration('example.com', {
    ledger,
    domains: new Route53DomainsClient({}),
    dns: new Resolver({ connect: world.connect }),
    now: new Date(start.getTime() + hours * HOUR_MS),
  });

describe('readRegistration()', () => {
  test('is told by Route 53 where the domain is registered there, and asks once a day', async () => {
    const ExpirationDate = new Date('2027-06-01T00:00:00Z');
    registrar
      .on(GetDomainDetailCommand)
      .resolves({ DomainName: 'example.com', ExpirationDate, AutoRenew: true } as never);
    const told = { domain: 'example.com', expiresAt: ExpirationDate.toISOString(), renewsItself: true };
    for (const hours of [0, 6, 23]) expect(await read(hours)).toMatchObject(told);
    expect(registrar.calls()).toHaveLength(1);
    await read(24);
    expect(registrar.calls()).toHaveLength(2);
  });

  test('is silent where nobody tells, and asks the next day', async () => {
    registrar.rejects(new InvalidInput({ message: 'not found', $metadata: {} }));
    expect([await read(0), await read(12)]).toEqual([undefined, undefined]);
    expect(world.asked.filter((question) => question.endsWith('data.iana.org A'))).toHaveLength(1);
    await read(25);
    expect(world.asked.filter((question) => question.endsWith('data.iana.org A'))).toHaveLength(2);
  });
});

test.each([
  ['plain HTTP', 'http://rdap.example.com/', 'only https'],
  ['another port', 'https://rdap.example.com:8443/', 'only https'],
  ['credentials', 'https://user@rdap.example.com/', 'only https'],
  ['a name that leads to an address that is not public', 'https://rdap.example.com/', 'not a public address'],
])('S4: fetchJson() does not ask %s', async (_, url, why) => {
  const fetching = { dns: new Resolver({ connect: world.connect }), now: start, mostBytes: 1_000 };
  await expect(fetchJson(url, fetching)).rejects.toMatchObject({
    name: 'Unreachable',
    message: expect.stringContaining(why),
  });
});
