import { expect, test } from '@jest/globals';
import { distributionFindings } from '../../../domain/preflight/distribution-findings.ts';

const ways = [
  { name: 'shop.example.test', over: ['D1.cloudfront.net.'] },
  { name: 'direct.shop.example.test', over: ['d2.cloudfront.net'] },
  { name: 'www.shop.example.test', over: [] },
];
const names = ['shop.example.test', 'www.shop.example.test'];

test('C1: a name that is to be served by CloudFront and leads to another distribution is told, since its records move first', () => {
  expect(distributionFindings([], ways, { own: [], names })).toMatchObject([
    { severity: 'warning', name: 'shop.example.test', message: expect.stringContaining('d1.cloudfront.net') },
    { severity: 'warning', message: expect.stringContaining('"direct.shop.example.test"') },
  ]);
});

test('a name that leads to the distribution of the site is as it should be', () => {
  expect(distributionFindings([], ways.slice(0, 1), { own: ['d1.cloudfront.net'], names })).toEqual([]);
});

test('behind another edge viewers come to the site all the same', () => {
  expect(distributionFindings([], ways.slice(0, 1), { own: [], names: [] })).toMatchObject([{ severity: 'warning' }]);
});
