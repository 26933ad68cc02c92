import { beforeEach, describe, expect, test } from '@jest/globals';
import { Resolver } from '../../../aws/dns/resolver.ts';
import { awaitServer } from '../../../functions/gates/await-server.ts';
import type { Probes } from '../../../resources/probes/probe-edge.ts';
import { BY_ACME, NAMES } from '../../support/acme-mock.ts';
import { useLedger } from '../../support/ledger.ts';
import { aServedCertificate, seeing, silent } from '../../support/probes.ts';
import { context, declareAnew, domain, event, givenSite, theStep } from '../../support/steps.ts';

const ledger = useLedger();
beforeEach(() => givenSite(ledger, { site: BY_ACME }));

async function look(probes: Partial<Probes> = {}): Promise<string[]> {
  const sight = seeing(probes);
  await awaitServer(() => new Resolver(), sight.probes)(event, context);
  return sight.looked.sort();
}

const served = (changes: Parameters<typeof aServedCertificate>[0]) => async () => ({
  served: aServedCertificate(changes),
  page: { status: 200, body: '' },
});

describe('AwaitServer', () => {
  test('12: goes on once the server serves every name by HTTPS', async () => {
    expect(await look()).toEqual(NAMES.map((name) => `https 198.51.100.7 ${name}/`).sort());
  });

  test.each([
    ['does not listen', silent('ECONNREFUSED'), 'ECONNREFUSED'],
    ['signs its own certificate', served({ chainError: 'DEPTH_ZERO_SELF_SIGNED_CERT' }), 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['serves another name', served({ covers: false, names: ['other.test'] }), 'it is for "other.test"'],
  ])('12: waits while it %s, with the commands that give it one', async (_, secure, words) => {
    const message = new RegExp(`nameplate server-kit ${domain} --from-site --out DIR.*new credentials.*${words}`);
    await expect(look({ secure })).rejects.toMatchObject({ name: 'NotReady', message: expect.stringMatching(message) });
  });

  test('12: does not call a server with IPv6 alone seen, where we have none', async () => {
    await declareAnew(ledger, { origin: { server: { address: '2001:db8::7', port: 443, healthPath: '/' } } });
    await look({ secure: silent('ENETUNREACH') });
    expect((await theStep(ledger, 'AwaitServer')).message).toBe(
      'The server 2001:db8::7 is taken to serve "shop.example.test", "www.shop.example.test"; not seen from here: 2001:db8::7 (IPv6 cannot be judged from here)',
    );
  });
});
