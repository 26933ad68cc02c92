import { expect, test } from '@jest/globals';
import { siteCost } from '../../console/sites/site-cost.ts';
import type { SiteView } from '../../domain/sites/view.ts';
import { aSite } from '../support/site.ts';

type Made = SiteView['steps'][number]['made'];

const stepsOf = (made: Made) => [{ made }] as SiteView['steps'];

const ours = (...types: Made[number]['type'][]): Made => types.map((type) => ({ type, id: `a ${type}`, ours: true }));

test('siteCost() asks of what stands the prices that its plan was made with', () => {
  const steps = stepsOf(ours('hosted zone', 'certificate', 'load balancer', 'target group', 'record'));
  const { lines, monthly, monthlyPerCapacityUnit } = siteCost({ site: aSite(), steps });
  expect(lines.map(({ what, quantity }) => `${quantity} ${what}`)).toEqual([
    '1 hosted zone',
    '1 certificate',
    '1 load balancer',
    '2 public IPv4 address of the load balancer, one a zone',
  ]);
  expect(monthly).toBeCloseTo(0.5 + 16.43 + 7.3, 2);
  expect(monthlyPerCapacityUnit).toBeGreaterThan(0);
});

test('siteCost() counts nothing that was there before', () => {
  const steps = stepsOf([{ type: 'load balancer', id: 'theirs', ours: false }]);
  expect(siteCost({ site: aSite(), steps })).toMatchObject({ lines: [], monthly: 0 });
});

test('siteCost() counts an address for each subnet that the document names', () => {
  const site = aSite({ subnets: ['subnet-1', 'subnet-2', 'subnet-3'] });
  const [, addresses] = siteCost({ site, steps: stepsOf(ours('load balancer')) }).lines;
  expect(addresses?.quantity).toBe(3);
});

test('siteCost() knows the options of a health check', () => {
  const failover = { check: { path: '/', intervalSeconds: 10, failures: 3 } } as NonNullable<
    SiteView['site']['failover']
  >;
  const [check] = siteCost({ site: { ...aSite(), failover }, steps: stepsOf(ours('health check')) }).lines;
  expect(check?.what).toContain('with HTTPS and every 10 s');
});

test('siteCost() counts the disk and the hours of an instance that was created', () => {
  const newInstance = { type: 't4g.micro', image: 'al2023' as const, diskGiB: 8, port: 80, healthPath: '/' };
  const { lines } = siteCost({ site: { ...aSite(), origin: { newInstance } }, steps: stepsOf(ours('instance')) });
  expect(lines.map(({ what }) => what).join()).toMatch(/instance t4g.micro while it runs.*disk of 8 GiB/);
});
