import { expect, test } from '@jest/globals';
import { lowerBound } from '../../cli/lower-bound.ts';

const drawn = (what: string, subject: string, seconds: number) => ({ what, subject, seconds });

const validation = [
  drawn('route53:insync', 'C1 example.test', 40),
  drawn('route53:visible', 'C1 ns-1', 12),
  drawn('route53:visible', 'C1 ns-2', 8),
];
const traffic = [drawn('route53:insync', 'C2 example.test', 20), drawn('route53:visible', 'C2 ns-1', 1)];

test('the longer of certificate and load balancer decides, never their sum', () => {
  const certificate = [drawn('acm:resource-record', 'a', 5), ...validation, drawn('acm:issue', 'a', 30)];
  const short = drawn('elasticloadbalancing:active', 'lb', 10);
  const long = drawn('elasticloadbalancing:active', 'lb', 160);
  expect(lowerBound([...certificate, short, ...traffic])).toBe(5 + 8 + 30 + 20);
  expect(lowerBound([...certificate, long, ...traffic])).toBe(160 + 20);
});

test('the slowest validation record of several names counts, and the fastest name server', () => {
  const records = [drawn('acm:resource-record', 'a', 3), drawn('acm:resource-record', 'b', 7)];
  expect(lowerBound([...records, ...validation, drawn('acm:issue', 'a', 15), ...traffic])).toBe(7 + 8 + 15 + 20);
});

test('a delegation that had to be entered comes before everything', () => {
  expect(lowerBound([drawn('registrar:delegate', 'shop.example.test', 33), ...validation, ...traffic])).toBe(
    33 + 8 + 20,
  );
});

test('a site without a certificate needs its records to spread and nothing else', () => {
  expect(lowerBound(traffic)).toBe(20);
});

test('a distribution is made beside the certificate, and updated after it', () => {
  const certificate = [...validation, drawn('acm:issue', 'a', 30), drawn('acm:issue', 'b', 70)];
  const made = drawn('cloudfront:creation', 'E1', 200);
  expect(lowerBound([...certificate, made, drawn('cloudfront:update', 'E1', 60), ...traffic])).toBe(200 + 20);
  expect(lowerBound([...certificate, made, drawn('cloudfront:update', 'E1', 150), ...traffic])).toBe(8 + 70 + 150 + 20);
});

test('of several changes before the traffic, the one that was seen first may be that of the validation records', () => {
  const origin = [drawn('route53:insync', 'C3 example.test', 30), drawn('route53:visible', 'C3 ns-1', 25)];
  expect(lowerBound([...validation, ...origin, drawn('acm:issue', 'a', 15), ...traffic])).toBe(8 + 15 + 20);
});

test('with a failover the distribution of the page is made beside the load balancer, and the health check adds nothing', () => {
  const page = [drawn('cloudfront:creation', 'E1', 190), drawn('cloudfront:update', 'E1', 70)];
  const loadBalancer = drawn('elasticloadbalancing:active', 'lb', 160);
  const checked = drawn('route53:health-check-applied', 'check', 8);
  const certificate = [...validation, drawn('acm:issue', 'a', 30)];
  expect(lowerBound([...certificate, ...page, loadBalancer, checked, ...traffic])).toBe(190 + 20);
});
