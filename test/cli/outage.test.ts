import { expect, test } from '@jest/globals';
import type { SiteView } from '../../cli/api.ts';
import { arithmeticOf, showOutage, whyNoOutage } from '../../cli/outage.ts';
import { DEFAULT_PAGE } from '../../domain/sites/failover.ts';
import { Clock } from '../../local/clock/clock.ts';
import { Internet } from '../../local/internet/internet.ts';

const world = { vpcId: 'vpc-1', subnetIds: [], instanceId: 'i-1' };
const page = DEFAULT_PAGE;
const site = {
  domain: 'shop.example.test',
  aliases: [],
  edge: 'load-balancer',
  http: 'redirect',
  origin: { instance: { id: 'i-1', port: 80, healthPath: '/' } },
} satisfies SiteView['site'];

test('arithmeticOf() adds what resolvers remember to the checks that have to fail', () => {
  const check = { path: '/', intervalSeconds: 30, failures: 4 } as const;
  expect(arithmeticOf({ ...site, failover: { check, page } }, 60)).toEqual({
    seconds: 180,
    words: '4 × 30 s + TTL 60 s',
  });
});

test('arithmeticOf() has nothing to add up where no health check decides', () => {
  expect(arithmeticOf({ ...site, failover: { page } }, 60)).toBeUndefined();
});

test('whyNoOutage() tells how to get the page of a site file without failover', () => {
  expect(whyNoOutage({ ...site, failover: { page } }, world)).toBeUndefined();
  expect(whyNoOutage(site, world)).toContain('"failover": {}');
});

test('whyNoOutage() leaves an origin alone that the demo cannot stop', () => {
  const origin = { instance: { ...site.origin.instance, id: 'i-of-another' } };
  expect(whyNoOutage({ ...site, failover: { page }, origin }, world)).toContain("not the demo's instance");
});

test('showOutage() gives up on a page that does not come, and starts the web server again', async () => {
  const clock = new Clock({ speed: 10_000 });
  const done: string[] = [];
  const web = { start: () => done.push('start'), stop: () => done.push('stop') };
  const aws = { clock, internet: new Internet({ clock }), ec2: { web: () => web } };
  const written: string[] = [];
  const https = async () => ({ status: 502, headers: {}, body: '' });
  const around = {
    aws,
    world,
    viewer: { https },
    stop: new AbortController().signal,
    out: { write: (text: string) => written.push(text) },
  };
  expect(await showOutage({ site } as never, around as never)).toBeUndefined();
  clock.stop();
  expect(done).toEqual(['stop', 'start']);
  expect(written.join('')).toContain('Not the page');
});
