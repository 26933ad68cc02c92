import { afterEach, describe, expect, test } from '@jest/globals';
import type { Answer } from 'dns-packet';
import { Resolver } from '../../../aws/dns/resolver.ts';
import { checkAuthorization } from '../../../functions/gates/check-authorization.ts';
import { useLedger } from '../../support/ledger.ts';
import { cname, NameServers, type Said, soa } from '../../support/name-servers.ts';
import { context, domain, event, givenSite, theStep } from '../../support/steps.ts';

const ledger = useLedger();
let world: NameServers | undefined;
afterEach(async () => {
  await world?.stop();
});

const caa = (name: string, value: string): Answer => ({
  type: 'CAA',
  name,
  ttl: 60,
  data: { flags: 0, tag: 'issue', value },
});

/** One server answers for everything here: with these, and otherwise with nothing. */
async function checked(said: Record<string, Said | undefined>, edge: 'load-balancer' | 'direct' = 'load-balancer') {
  await givenSite(ledger, { site: { edge, aliases: [`www.${domain}`] } });
  const server = await NameServers.start({
    '198.41.0.4': ({ name }) => (name in said ? said[name] : { authorities: [soa('')] }),
  });
  world = server;
  await checkAuthorization(() => new Resolver({ connect: server.connect }))(event, context);
  return server.asked;
}

describe('CheckAuthorization', () => {
  test('climbs from the name to the top and finds nothing against ACM', async () => {
    const asked = await checked({});
    expect(asked).toContain('198.41.0.4 test CAA');
    expect(await theStep(ledger, 'CheckAuthorization')).toMatchObject({ state: 'done' });
  });

  test('A5: stops before anything is requested, with the record to add', async () => {
    const letsencrypt = { answers: [caa('example.test', 'letsencrypt.org')] };
    await expect(checked({ 'example.test': letsencrypt })).rejects.toMatchObject({
      name: 'Misconfigured',
      message: expect.stringContaining('Add the record example.test CAA 0 issue "amazon.com"'),
    });
  });

  test('A5: minds the closest name that has any', async () => {
    await checked({
      'example.test': { answers: [caa('example.test', 'letsencrypt.org')] },
      [domain]: { answers: [caa(domain, 'amazonaws.com')] },
    });
    expect(await theStep(ledger, 'CheckAuthorization')).toMatchObject({ state: 'done' });
  });

  test('A6: follows a CNAME to the records that count', async () => {
    await expect(
      checked({
        [`www.${domain}`]: { answers: [cname(`www.${domain}`, 'cdn.other.test')] },
        'cdn.other.test': { answers: [caa('cdn.other.test', ';')] },
      }),
    ).rejects.toMatchObject({ name: 'Misconfigured' });
  });

  test('waits when a name server gives no answer: nobody may issue then', async () => {
    await expect(checked({ 'example.test': { rcode: 'SERVFAIL' } })).rejects.toMatchObject({ name: 'NotReady' });
  });

  test('asks nothing when no certificate is wanted', async () => {
    expect(await checked({}, 'direct')).toEqual([]);
  });
});
