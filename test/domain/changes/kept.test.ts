import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { keptFor, NOTHING_KEPT, type Standing } from '../../../domain/changes/kept.ts';
import { aSite } from '../../support/site.ts';

const domain = 'shop.example.test';
const directName = `direct.${domain}`;
const standing: Standing = {
  certificateArn: 'arn:certificate',
  loadBalancerArn: 'arn:lb',
  targetGroupArn: 'arn:tg',
  group: { id: 'sg-lb', wayIn: 'sg-instance' },
  address: '203.0.113.7',
};

describe('keptFor()', () => {
  test('keeps all that stands for a site behind a load balancer, by its handle', () => {
    const site = aSite({ origin: { instance: { id: 'i-1', port: 8080, healthPath: '/' } }, directName });
    expect(keptFor(site, standing)).toEqual({
      names: [domain, `www.${domain}`, directName],
      certified: [domain, `www.${domain}`],
      certificateArn: 'arn:certificate',
      loadBalancerArn: 'arn:lb',
      listenerPorts: [443, 80],
      targetGroupArn: 'arn:tg',
      target: { id: 'i-1', port: 8080 },
      group: { id: 'sg-lb', wayIn: 'sg-instance' },
      address: '203.0.113.7',
    });
  });

  test('keeps port 80 for the redirect only', () => {
    expect(keptFor(aSite({ http: 'reject' }), standing).listenerPorts).toEqual([443]);
  });

  test('keeps of a site that points straight at its instance the names and the address, whatever else stands', () => {
    expect(keptFor(aSite({ edge: 'direct', aliases: [] }), standing)).toEqual({
      ...NOTHING_KEPT,
      names: [domain],
      address: '203.0.113.7',
    });
  });

  test('keeps nothing for undefined where nothing stands yet', () => {
    const kept = keptFor(aSite(), {});
    for (const key of ['certificateArn', 'loadBalancerArn', 'targetGroupArn', 'group', 'address'])
      expect(kept).not.toHaveProperty(key);
  });

  test('keeps a certificate only for names that keep their records, and never for the direct name', () => {
    const site = fc
      .tuple(
        fc.uniqueArray(fc.constantFrom('www', 'm', 'old'), { maxLength: 3 }),
        fc.constantFrom('load-balancer', 'direct'),
        fc.boolean(),
      )
      .map(([labels, edge, direct]) =>
        aSite({
          edge: edge as 'load-balancer' | 'direct',
          aliases: labels.map((label) => `${label}.${domain}`),
          ...(direct && { directName }),
        }),
      );
    fc.assert(
      fc.property(site, (each) => {
        const { names, certified } = keptFor(each, standing);
        expect(names).toEqual(expect.arrayContaining(certified));
        expect(certified).not.toContain(directName);
        expect(names).toContain(each.domain);
      }),
    );
  });
});
