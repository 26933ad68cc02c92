import { describe, expect, test } from '@jest/globals';
import { listSites } from '../../../aws/ledger/list-sites.ts';
import { readSite, readSiteItem } from '../../../aws/ledger/read-site.ts';
import { NEWEST } from '../../../aws/ledger/read-timeline.ts';
import { writeSite } from '../../../aws/ledger/write-site.ts';
import { writeStep } from '../../../aws/ledger/write-step.ts';
import { writeTimeline } from '../../../aws/ledger/write-timeline.ts';
import { useLedger } from '../../support/ledger.ts';
import { aSettledSiteItem, aSite, aSiteItem, aStepItem } from '../../support/site.ts';

const ledger = useLedger();
const domain = 'shop.example.test';

describe('a site in the ledger', () => {
  test('comes back as it was written', async () => {
    expect(await writeSite(ledger, aSiteItem(), { over: undefined })).toBe(true);
    expect(await readSiteItem(ledger, domain)).toEqual(aSiteItem());
    expect(await readSite(ledger, domain)).toEqual({ item: aSiteItem(), steps: [], timeline: [] });
  });

  test('is undefined when there is none', async () => {
    expect(await readSiteItem(ledger, domain)).toBeUndefined();
    expect(await readSite(ledger, domain)).toBeUndefined();
  });

  test('is not written over by another that believes to be the first', async () => {
    await writeSite(ledger, aSiteItem(), { over: undefined });
    expect(await writeSite(ledger, aSiteItem({ revision: 7 }), { over: undefined })).toBe(false);
    expect(await readSiteItem(ledger, domain)).toEqual(aSiteItem());
  });

  test('W12: is written over only as it was last read', async () => {
    const read = aSettledSiteItem({ state: 'failed' });
    await writeSite(ledger, read, { over: undefined });
    const next = aSiteItem({ revision: 2, updatedAt: '2026-11-22T13:00:00.000Z' });
    expect(await writeSite(ledger, next, { over: read })).toBe(true);
    expect(await writeSite(ledger, aSiteItem({ revision: 2 }), { over: read })).toBe(false);
    expect(await readSiteItem(ledger, domain)).toEqual(next);
  });

  test('loses what the new one does not have', async () => {
    const failed = aSettledSiteItem({ reason: { step: 'FindZone', error: 'Conflict', message: 'Two zones' } });
    await writeSite(ledger, failed, { over: undefined });
    await writeSite(ledger, aSiteItem({ revision: 2 }), { over: failed });
    expect(await readSiteItem(ledger, domain)).not.toHaveProperty('reason');
  });
});

describe('the record of a site', () => {
  test('has its steps by the time they began, and its timeline when asked', async () => {
    await writeSite(ledger, aSiteItem(), { over: undefined });
    await writeStep(ledger, domain, aStepItem('FindZone', { startedAt: '2026-11-22T12:00:09.000Z' }));
    await writeStep(ledger, domain, aStepItem('ClaimSite', { startedAt: '2026-11-22T12:00:01.000Z' }));
    await writeTimeline(ledger, domain, { id: 'b', at: '2026-11-22T12:00:09.000Z', message: 'Second' });
    await writeTimeline(ledger, domain, {
      id: 'a',
      at: '2026-11-22T12:00:01.000Z',
      step: 'ClaimSite',
      message: 'First',
    });
    const steps = (await readSite(ledger, domain))?.steps.map(({ name }) => name);
    expect(steps).toEqual(['ClaimSite', 'FindZone']);
    expect((await readSite(ledger, domain))?.timeline).toEqual([]);
    expect((await readSite(ledger, domain, { timeline: NEWEST }))?.timeline).toEqual([
      { at: '2026-11-22T12:00:01.000Z', step: 'ClaimSite', message: 'First' },
      { at: '2026-11-22T12:00:09.000Z', message: 'Second' },
    ]);
  });

  test('is read to its last page', async () => {
    await writeSite(ledger, aSiteItem(), { over: undefined });
    const message = 'x'.repeat(100_000);
    for (let day = 10; day < 25; day += 1) {
      await writeTimeline(ledger, domain, { id: 'a', at: `2026-11-${day}T12:00:00.000Z`, message });
    }
    const record = await readSite(ledger, domain, { timeline: NEWEST });
    expect(record?.timeline).toHaveLength(15);
    expect(record?.item.domain).toBe(domain);
  });

  test('writes a repeated line of the timeline once', async () => {
    await writeSite(ledger, aSiteItem(), { over: undefined });
    const line = { id: '1-FindZone-done', at: '2026-11-22T12:00:09.000Z', message: 'Found the zone' };
    await writeTimeline(ledger, domain, line);
    await writeTimeline(ledger, domain, line);
    expect((await readSite(ledger, domain, { timeline: NEWEST }))?.timeline).toHaveLength(1);
  });

  test('W12: keeps a step of a later revision from a stale worker', async () => {
    expect(await writeStep(ledger, domain, aStepItem('FindZone', { revision: 2 }))).toBe(true);
    expect(await writeStep(ledger, domain, aStepItem('FindZone', { revision: 1 }))).toBe(false);
    expect(await writeStep(ledger, domain, aStepItem('FindZone', { revision: 2 }))).toBe(true);
    expect(await writeStep(ledger, domain, aStepItem('FindZone', { revision: 3 }))).toBe(true);
  });
});

describe('listSites()', () => {
  const domains = ['a.test', 'b.test', 'c.test', 'd.test', 'e.test'].map((name) => `shop.${name}`);

  test('shows nothing when there is nothing', async () => {
    expect(await listSites(ledger, { limit: 10 })).toEqual({ sites: [] });
  });

  test('shows every site once, by domain, page after page', async () => {
    for (const each of [...domains].reverse()) {
      await writeSite(ledger, aSiteItem({ site: aSite({ domain: each }) }), { over: undefined });
      await writeStep(ledger, each, aStepItem('FindZone'));
    }
    const first = await listSites(ledger, { limit: 2 });
    const { state, updatedAt, operation } = aSiteItem();
    expect(first).toEqual({
      sites: domains.slice(0, 2).map((name) => ({
        domain: name,
        state,
        edge: aSite().edge,
        operation: { name: operation?.name, startedAt: operation?.startedAt },
        updatedAt,
      })),
      next: domains[1],
    });
    const second = await listSites(ledger, { limit: 2, after: first.next });
    const third = await listSites(ledger, { limit: 2, after: second.next });
    expect([...first.sites, ...second.sites, ...third.sites].map((site) => site.domain)).toEqual(domains);
    expect(third.next).toBeUndefined();
  });
});
