import { DescribeAccountLimitsCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { readSiteItem } from '../../../../aws/ledger/read-site.ts';
import { readTenantShare } from '../../../../aws/ledger/tenant-share.ts';
import { writeSite } from '../../../../aws/ledger/write-site.ts';
import { oneLook } from '../../../../aws/one-look.ts';
import type { SiteItem } from '../../../../domain/ledger/site-item.ts';
import type { Site } from '../../../../domain/sites/site.ts';
import type { SharedQuota } from '../../../../domain/tenants/share.ts';
import { accountLimits } from '../../../../functions/shared/tenants/account-limits.ts';
import { takeShare } from '../../../../functions/shared/tenants/take-share.ts';
import { useLedger } from '../../../support/ledger.ts';
import { aSettledSiteItem, aSite, aSiteItem } from '../../../support/site.ts';

const ledger = useLedger();
const elb = mockClient(ElasticLoadBalancingV2Client);
const NOW = new Date('2026-11-22T12:00:00.000Z');
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000);

beforeEach(() => {
  Object.assign(process.env, { TENANT_OPERATIONS: '2', TENANT_SHARE_PERCENT: '50' });
  elb.reset();
  granted(50);
});

const granted = (Max: number) =>
  elb.on(DescribeAccountLimitsCommand).resolves({ Limits: [{ Name: 'application-load-balancers', Max: String(Max) }] });

const external = (domain: string, changes: Partial<Site> = {}) =>
  aSite({ domain, aliases: [], tenant: 'acme', dns: 'external', ...changes });

const take = (site: Site, { now = NOW, over }: { now?: Date; over?: SiteItem } = {}) =>
  takeShare(ledger, site, {
    over,
    makesZone: false,
    granted: (quotas: readonly SharedQuota[]) => accountLimits(oneLook(), quotas),
    now,
  });

/** Counts a site and writes it, as a declaration does. */
async function open(site: Site, now = NOW): Promise<SiteItem> {
  await take(site, { now });
  const item = aSiteItem({ site, updatedAt: now.toISOString() });
  await writeSite(ledger, item, { over: undefined });
  return item;
}

/** The operation of a site has ended, however. */
async function end(domain: string, changes: Partial<SiteItem>): Promise<void> {
  const { operation: _, ...over } = (await readSiteItem(ledger, domain)) as SiteItem;
  const whole = (await readSiteItem(ledger, domain)) as SiteItem;
  await writeSite(ledger, { ...over, ...changes, updatedAt: later(1).toISOString() }, { over: whole });
}

describe('B10: the operations of a tenant that are open at once', () => {
  test('are as many as the deployment says: the next is answered 429, names what is open, and counts for nothing', async () => {
    await open(external('a.test'));
    await open(external('b.test'));
    const before = await ledger.everything();
    await expect(take(external('c.test'))).rejects.toMatchObject({
      problem: {
        status: 429,
        type: 'urn:nameplate:problem:tenant-operations',
        errors: [
          {
            pointer: '#/tenant',
            detail: expect.stringContaining('2 operations open at once, and has them (a.test, b.test)'),
          },
        ],
      },
      headers: { 'retry-after': '60' },
    });
    expect(await ledger.everything()).toEqual(before);
  });

  test.each<[string, Partial<SiteItem>]>([
    ['live', { state: 'live' }],
    ['held', { state: 'held' }],
    ['failed', { state: 'failed' }],
    ['undone', { state: 'undone' }],
  ])('are one fewer as soon as a site is %s, with nothing given back', async (_, changes) => {
    await open(external('a.test'));
    await open(external('b.test'));
    await end('a.test', changes);
    await expect(take(external('c.test'), { now: later(2) })).resolves.toBeUndefined();
    await expect(take(external('d.test'), { now: later(2) })).rejects.toThrow('operations open at once');
  });

  test('count a request that died before it wrote its site for a minute', async () => {
    await take(external('a.test'));
    await take(external('b.test'));
    await expect(take(external('c.test'), { now: later(59) })).rejects.toThrow('operations open at once');
    await take(external('c.test'), { now: later(61) });
    expect(Object.keys((await readTenantShare(ledger, 'acme')).sites)).toEqual(['c.test']);
  });

  test('are never more, however many are asked for at once', async () => {
    const asked = Array.from({ length: 5 }, (_, place) => take(external(`${place}.test`)));
    const outcomes = await Promise.allSettled(asked);
    const taken = outcomes.filter(({ status }) => status === 'fulfilled').length;
    expect(taken).toBeGreaterThan(0);
    expect(taken).toBeLessThanOrEqual(2);
    expect(Object.keys((await readTenantShare(ledger, 'acme')).sites)).toHaveLength(taken);
  });

  test('are one for a site, however often it is asked for', async () => {
    const item = await open(external('a.test'));
    await open(external('b.test'));
    await expect(take(external('a.test'), { over: item })).resolves.toBeUndefined();
  });

  test('of another tenant and of the account itself count for nothing', async () => {
    await open(external('a.test'));
    await open(external('b.test'));
    await take(external('c.test', { tenant: 'globex' }));
    const { tenant: _, ...own } = external('d.test');
    for (const domain of ['d.test', 'e.test', 'f.test']) await take({ ...own, domain });
    expect(Object.keys((await readTenantShare(ledger, 'acme')).sites)).toEqual(['a.test', 'b.test']);
  });
});

describe('B10: the share of the quotas of the account', () => {
  const settled = async (site: Site) => {
    await open(site);
    await end(site.domain, { state: 'live', live: site });
  };

  test('is half of what AWS has granted: the next load balancer is answered 409, and room is made by an undo', async () => {
    granted(4);
    for (const domain of ['a.test', 'b.test']) await settled(external(domain));
    await expect(take(external('c.test'), { now: later(2) })).rejects.toMatchObject({
      problem: {
        status: 409,
        type: 'urn:nameplate:problem:tenant-share',
        errors: [
          {
            detail: expect.stringMatching(
              /is 2 load balancers\. .*: a\.test, b\.test\. Take one of them back: undo it/,
            ),
          },
        ],
      },
    });
    await end('a.test', { state: 'undone' });
    await expect(take(external('c.test'), { now: later(3) })).resolves.toBeUndefined();
  });

  test('is not asked for what a site has already', async () => {
    granted(2);
    const site = external('a.test');
    const over = aSettledSiteItem({ site, live: site });
    await take(site, { over });
    expect(elb.calls()).toEqual([]);
  });
});
