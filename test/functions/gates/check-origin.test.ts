import { describe, expect, test } from '@jest/globals';
import { Resolver } from '../../../aws/dns/resolver.ts';
import type { OriginQuestion } from '../../../domain/probes/origin-question.ts';
import type { OriginSeen } from '../../../domain/probes/origin-tls.ts';
import { checkOrigin } from '../../../functions/gates/check-origin.ts';
import { useLedger } from '../../support/ledger.ts';
import { aCdn } from '../../support/site.ts';
import { context, domain, event, givenSite, theStep } from '../../support/steps.ts';

const ledger = useLedger();

const address = '198.51.100.7';
const origin = { server: { address, port: 443, healthPath: '/' } };
const seen: OriginSeen = {
  name: `origin.${domain}`,
  port: 443,
  names: { over: [], end: 'found', addresses: [address], notPublic: [] },
  leftOut: 0,
  looks: [],
};
const closed = { address, sentName: domain, tls: { stage: 'connect', failure: 'ECONNREFUSED' } } as const;

async function run(site: object, looks: OriginSeen['looks'] = []): Promise<OriginQuestion[]> {
  const asked: OriginQuestion[] = [];
  await givenSite(ledger, { site });
  await checkOrigin(
    () => new Resolver(),
    async (question) => {
      asked.push(question);
      return { ...seen, looks };
    },
  )(event, context);
  return asked;
}

describe('CheckOrigin', () => {
  const site = { edge: 'cdn', aliases: [], origin, cdn: { ...aCdn(), lock: false } };

  test('looks at the origin once, as CloudFront will ask it', async () => {
    expect(await run(site)).toMatchObject([{ name: `origin.${domain}`, client: 'cloudfront', servedNames: [domain] }]);
    expect(await theStep(ledger, 'CheckOrigin')).toMatchObject({ state: 'done' });
  });

  test('C11: waits for a person where CloudFront would be refused, and says what for', async () => {
    await expect(run(site, [closed])).rejects.toMatchObject({ name: 'NotReady' });
    expect(await theStep(ledger, 'CheckOrigin')).toMatchObject({
      state: 'waiting',
      waitingFor: expect.stringContaining('Waiting until the server 198.51.100.7 is mended'),
    });
  });

  test('has nothing to look at before a load balancer of the site', async () => {
    expect(await run({ edge: 'cdn' })).toEqual([]);
  });
});
