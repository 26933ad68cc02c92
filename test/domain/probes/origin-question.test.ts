import { describe, expect, test } from '@jest/globals';
import { originQuestion } from '../../../domain/probes/origin-question.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { aCdn, aSite } from '../../support/site.ts';

const domain = 'shop.example.test';
const www = `www.${domain}`;
const healthPath = '/well';
const at = (server: object): Site['origin'] => ({ server: { port: 8443, healthPath, ...server } }) as Site['origin'];
const balancer = { loadBalancer: 'arn:aws:…:loadbalancer/app/theirs/1', healthPath };
const asked = (site: Partial<Site>, elsewhere = false) =>
  originQuestion(aSite(site), { balancerName: 'theirs.elb.test', elsewhere });

describe('originQuestion()', () => {
  test('asks nothing of an instance, and nothing of what serves plain HTTP', () => {
    for (const edge of ['load-balancer', 'cdn', 'direct'] as const) expect(asked({ edge })).toBeUndefined();
    expect(asked({ edge: 'direct', origin: at({ address: '198.51.100.7' }) })).toBeUndefined();
  });

  test('asks as CloudFront does, at the origin name, for the Host that the document says', () => {
    const origin = at({ address: '198.51.100.7' });
    const served = { servedNames: [domain, www], path: healthPath };
    expect(asked({ edge: 'cdn', origin })).toEqual({
      ...served,
      name: `origin.${domain}`,
      port: 8443,
      addresses: 'ipv4',
      host: 'viewer',
      client: 'cloudfront',
    });
    expect(asked({ edge: 'cdn', origin, cdn: { ...aCdn(), host: 'origin' } })).toMatchObject({ host: 'origin' });
    expect(asked({ edge: 'cdn', origin: at({ address: '2001:db8::7' }) })).toMatchObject({ addresses: 'ipv6' });
    expect(asked({ edge: 'cdn', origin: balancer })).toMatchObject({ name: `origin.${domain}`, port: 443 });
  });

  test('asks where the origin is itself while its name leads elsewhere, and by the same names', () => {
    const name = `origin.${domain}`;
    const [address, vm] = ['198.51.100.7', 'vm.example.net'];
    expect(asked({ edge: 'cdn', origin: at({ address }) }, true)).toMatchObject({ name, address });
    expect(asked({ edge: 'cdn', origin: at({ name: vm }) }, true)).toMatchObject({ name, lookedUp: vm });
    expect(asked({ edge: 'cdn', origin: balancer }, true)).toMatchObject({ name, lookedUp: 'theirs.elb.test' });
  });

  test('asks a server that viewers come to as they do', () => {
    const viewers = { port: 443, host: 'viewer', client: 'viewers', servedNames: [domain, www], path: healthPath };
    const [address, name] = ['2001:db8::7', 'vm.example.net'];
    expect(asked({ edge: 'direct', origin: at({ address, port: 443 }) })).toEqual({ ...viewers, address });
    expect(asked({ edge: 'direct', origin: at({ name, port: 443 }) })).toEqual({ ...viewers, name });
  });
});
