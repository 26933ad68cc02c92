import { describe, expect, test } from '@jest/globals';
import type { OriginQuestion } from '../../../domain/probes/origin-question.ts';
import type { OriginSeen } from '../../../domain/probes/origin-tls.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { findingsInWords, judgeOriginReady, originVerdict } from '../../../resources/gates/origin-ready/judge.ts';
import { originReady } from '../../../resources/gates/origin-ready/origin-ready.ts';
import { aGateScope, now } from '../../support/gate-scope.ts';
import { aCdn, aSite } from '../../support/site.ts';

const address = '198.51.100.7';
const name = 'origin.shop.example.test';
const server: Site['origin'] = { server: { address, port: 443, healthPath: '/' } };
const joined: Site['origin'] = { loadBalancer: 'arn:aws:…:loadbalancer/app/theirs/1', healthPath: '/' };
const unlocked = { ...aCdn(), lock: false };
const behind = (origin: Site['origin'] = server, cdn = unlocked): Site => aSite({ edge: 'cdn', origin, cdn });
/** An origin that gave no connection under these names. */
const failing = (failure: string, ...sentNames: string[]): OriginSeen => ({
  name,
  port: 443,
  names: { over: [], end: 'found', addresses: [address], notPublic: [] },
  leftOut: 0,
  looks: sentNames.map((sentName) => ({ address, sentName, tls: { stage: 'connect', failure } })),
});
const judged = (seen: OriginSeen | undefined, site = behind()) =>
  judgeOriginReady(seen, aGateScope({ item: { site } }));

describe('the gate CheckOrigin', () => {
  test.each([
    ['C11: nothing listens', 'ECONNREFUSED', /CloudFront would answer 502\. Start the web server/],
    ['C12: a firewall drops the packets', 'ETIMEDOUT', /CloudFront would answer 504\. .*"lock": true/],
  ])('%s: it is closed, with the fix', (_, failure, message) => {
    expect(judged(failing(failure, 'shop.example.test'))).toMatchObject({
      state: 'closed',
      message: expect.stringMatching(message),
    });
  });

  test('DNS that has no such name keeps it closed', () => {
    const seen: OriginSeen = {
      ...failing(''),
      names: { over: [], end: 'noSuchName', addresses: [], notPublic: [] },
    };
    expect(judged(seen)).toMatchObject({
      state: 'closed',
      message: expect.stringContaining(`no name "${name}"`),
    });
  });

  test.each([
    ['a server that says so', behind(server, aCdn())],
    ['a load balancer that exists, whose security groups are not ours', behind(joined)],
  ])('is open where the origin may let in CloudFront alone: %s', (_, site) => {
    expect(judged(failing('ETIMEDOUT', 'shop.example.test'), site)).toMatchObject({
      state: 'open',
      message: expect.stringMatching(
        /^Nothing was seen of the .* that would be refused; not seen .*it may admit CloudFront only/,
      ),
    });
    expect(judged(failing('ECONNREFUSED', 'shop.example.test'), site).state).toBe('closed');
  });

  test('says a fault once that holds under several names', () => {
    const site = behind();
    const { findings } = originVerdict(failing('ECONNREFUSED', 'a.test', 'b.test', 'c.test'), site, now);
    expect(findingsInWords(findings, site).match(/nothing listens/g)).toHaveLength(1);
    expect(findingsInWords(findings, site)).toContain('(and 2 more alike)');
  });

  test('is open without a look where the load balancer is of the site', async () => {
    const scope = aGateScope({ item: { site: aSite({ edge: 'cdn' }) } });
    expect(await looked(scope)).toEqual([]);
    expect(judged(undefined, aSite({ edge: 'cdn' })).state).toBe('open');
  });

  test('looks at the origin name, and at the server itself while that name serves from elsewhere', async () => {
    const site = behind();
    expect(await looked(aGateScope({ item: { site } }))).toMatchObject([{ name }]);
    const moved = await looked(aGateScope({ item: { site, live: aSite({ edge: 'cdn' }) } }));
    expect(moved).toMatchObject([{ name, address }]);
  });
});

/** What the gate asks. */
async function looked(scope: ReturnType<typeof aGateScope>): Promise<OriginQuestion[]> {
  const asked: OriginQuestion[] = [];
  const lookAtOrigin = async (question: OriginQuestion) => {
    asked.push(question);
    return failing('ECONNREFUSED', 'shop.example.test');
  };
  const ask = { lookAtOrigin, dns: {} as never, remaining: () => 30_000, clients: {} as never };
  await originReady.look({ ...ask, environment: {} as never }, scope);
  return asked;
}
