import { expect, test } from '@jest/globals';
import { distributionSets } from '../../../domain/records/desired.ts';
import { aboutEnds, endsForDropped, endsOf, endsToRemove } from '../../../resources/record/site-ends.ts';
import { aSiteItem, aStepItem } from '../../support/site.ts';

const DOMAIN_NAME = 'd111111abcdef8.cloudfront.net';
const made = [{ type: 'distribution' as const, id: 'E1', ours: true, domainName: DOMAIN_NAME }];
const record = { item: aSiteItem(), steps: [aStepItem('CreateDistribution', { made })], timeline: [] };
const ends = endsOf(record, { loadBalancers: [], addresses: [] });
const [alias] = distributionSets('blog.example.test', DOMAIN_NAME, ['A']);
if (!alias) throw new Error('No record');

test('a distribution of the ledger goes, unless the document uses it or it is retained', () => {
  const [end] = ends.distributions;
  expect(end).toEqual({ id: 'E1', domainName: DOMAIN_NAME });
  expect(endsToRemove(ends, {}).distributions).toEqual([end]);
  expect(endsToRemove(ends, { distributionId: 'E1' }).distributions).toEqual([]);
  const retained = [{ type: 'distribution' as const, id: 'E1', why: 'blog leads to it' }];
  expect(endsToRemove(ends, { retained }).distributions).toEqual([]);
});

test.each([
  ['an alias', alias],
  ['a CNAME', { name: 'blog.example.test', type: 'CNAME', ttlSeconds: 60, values: [`${DOMAIN_NAME}.`] }],
])('%s that leads to one which is deleted would dangle', (_, set) => {
  expect(aboutEnds(ends, {}).leadsToOurs(set)).toBe(true);
  expect(aboutEnds(ends, { distributionId: 'E1' }).leadsToOurs(set)).toBe(false);
});

test('what a worker that died may have written at a name leads to the distribution, in both families', () => {
  expect(aboutEnds(ends, {}).expected('blog.example.test')).toEqual(
    distributionSets('blog.example.test', DOMAIN_NAME, ['A', 'AAAA']),
  );
});

test('a name that was dropped may not lead to the distribution that other names keep', () => {
  expect(endsForDropped(ends, { distributionId: 'E1' }).dnsNames).toEqual([DOMAIN_NAME]);
});
