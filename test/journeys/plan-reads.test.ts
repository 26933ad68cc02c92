import { afterEach, expect, test } from '@jest/globals';
import { anotherInstance } from '../support/another-instance.ts';
import { Nameplate } from '../support/nameplate.ts';
import { OtherAccount } from '../support/other-account.ts';

const SHOP = 'shop.example.test';
const DIRECT = 'direct.example.test';
/** None of them lies below another: each would take a listing of its own. */
const ALIASES = ['www', 'blog'].map((label) => `${label}.example.test`);

/** What a plan for one site may ask of AWS, the ledger included. */
const MOST_READS = 30;

let nameplate: Nameplate;
afterEach(() => nameplate.close());

/** The calls that a plan of the document takes, those that look. */
async function reads(more: object): Promise<number> {
  const mark = nameplate.aws.calls.mark();
  await nameplate.plan(nameplate.document(SHOP, { aliases: ALIASES, directName: DIRECT, ...more }));
  const calls = nameplate.aws.calls.since(mark).filter(({ service }) => service !== 'lambda');
  return calls.filter(({ mutating }) => !mutating).length;
}

test('a plan takes at most 30 reads, whatever of a site with four names is new or changes', async () => {
  nameplate = await Nameplate.boot();
  const { DelegationSet } = await nameplate.ask<{ DelegationSet: { NameServers: string[] } }>(
    'route53',
    'CreateHostedZone',
    { Name: 'example.test', CallerReference: 'theirs' },
  );
  nameplate.aws.registrar.delegate('example.test', DelegationSet.NameServers);
  const partners = await OtherAccount.with(nameplate, 'partners.test');
  await nameplate.aws.clock.advance(120_000);
  const counted: Record<string, number> = {
    'a first onboarding': await reads({}),
    'one that adopts': await reads({ adopt: true }),
    'one with another DNS provider': await reads({ dns: 'external' }),
    'one with its zone in another account': await reads({
      domain: 'shop.partners.test',
      aliases: ['www', 'blog'].map((label) => `${label}.partners.test`),
      directName: 'direct.partners.test',
      dns: partners.dns,
    }),
  };
  expect((await nameplate.onboard(SHOP, { aliases: ALIASES, directName: DIRECT })).state).toBe('live');
  const other = await anotherInstance(nameplate, { port: 8080 });
  const dropped = ALIASES.slice(1);
  const changes: Record<string, object> = {
    'what is live': {},
    'an alias for another': { aliases: [...dropped, 'press.example.test'] },
    'no redirect': { http: 'reject' },
    'straight at the instance': { edge: 'direct', directName: undefined },
    'all at once': {
      aliases: [...dropped, 'press.example.test'],
      origin: { instance: { id: other, port: 8080 } },
      http: 'reject',
      directName: undefined,
      adopt: true,
    },
  };
  for (const [change, document] of Object.entries(changes)) counted[change] = await reads(document);
  expect(Object.entries(counted).filter(([, count]) => count > MOST_READS)).toEqual([]);
});
