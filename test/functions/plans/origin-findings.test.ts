import { describe, expect, test } from '@jest/globals';
import { Resolver } from '../../../aws/dns/resolver.ts';
import { Unreachable } from '../../../aws/probes/unreachable.ts';
import type { NoAnswer } from '../../../domain/doctor/seen.ts';
import type { OriginQuestion } from '../../../domain/probes/origin-question.ts';
import type { OriginSeen } from '../../../domain/probes/origin-tls.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { readOriginFindings } from '../../../functions/shared/plans/origin-findings.ts';
import type { Probes } from '../../../resources/probes/probe-edge.ts';
import { aCdn, aSite } from '../../support/site.ts';

const ADDRESS = '198.51.100.7';
const server = (port: number) => ({ server: { address: ADDRESS, port, healthPath: '/' } });

const REFUSED: NoAnswer = { stage: 'connect', failure: 'ECONNREFUSED' };

/** What a plan says of an origin, whose connections are refused. */
async function planned(site: Partial<Site>) {
  const asked: OriginQuestion[] = [];
  const look = (question: OriginQuestion): Promise<OriginSeen> => {
    asked.push(question);
    const looks = [{ address: ADDRESS, sentName: 'shop.example.test', tls: REFUSED }];
    const names = { over: [], end: 'found' as const, addresses: [ADDRESS], notPublic: [] };
    return Promise.resolve({ names, port: question.port, looks, leftOut: 0 });
  };
  const refuse = ({ port }: { port: number }) =>
    Promise.reject(new Unreachable('ECONNREFUSED', `${ADDRESS} refuses port ${port}`));
  const findings = await readOriginFindings(aSite(site), {
    dns: new Resolver(),
    look,
    probes: { plain: refuse, secure: refuse } as Probes,
    now: new Date('2026-11-30T00:00:00Z'),
    remaining: () => 30_000,
  });
  return { asked, findings };
}

describe('readOriginFindings()', () => {
  test('looks at a server behind CloudFront as CloudFront will', async () => {
    const { asked, findings } = await planned({ edge: 'cdn', cdn: { ...aCdn(), lock: false }, origin: server(443) });
    expect(asked).toMatchObject([{ client: 'cloudfront', address: ADDRESS }]);
    expect(findings).toMatchObject([
      { check: 'originNotReady', message: expect.stringMatching(/^CloudFront would refuse .* waits until/) },
    ]);
  });

  test('looks at a server that viewers come to directly as they will', async () => {
    const { asked, findings } = await planned({ edge: 'direct', origin: server(443) });
    expect(asked).toMatchObject([{ client: 'viewers', address: ADDRESS, port: 443 }]);
    expect(findings).toMatchObject([
      { check: 'originRefused', message: expect.stringMatching(/^Browsers would refuse .* no viewer is sent there/) },
    ]);
  });

  test('asks one over plain HTTP for its page', async () => {
    const { asked, findings } = await planned({ edge: 'direct', origin: server(8080) });
    expect(asked).toEqual([]);
    expect(findings).toMatchObject([
      { check: 'originDoesNotListen', message: expect.stringContaining(`port 8080 of the server ${ADDRESS}`) },
    ]);
  });

  test.each([
    ['an instance', { edge: 'direct' as const }],
    [
      'a private server behind a load balancer',
      { origin: { server: { address: '10.0.0.9', port: 8080, healthPath: '/' } } },
    ],
  ])('looks at no server where the origin is %s', async (_, site) => {
    expect(await planned(site)).toEqual({ asked: [], findings: [] });
  });
});
