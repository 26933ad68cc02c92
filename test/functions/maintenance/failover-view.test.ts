import { expect, test } from '@jest/globals';
import { DEFAULT_PAGE } from '../../../domain/sites/failover.ts';
import { failoverOf } from '../../../functions/shared/maintenance/failover-view.ts';
import { aSettledSiteItem, aSite } from '../../support/site.ts';

const now = new Date('2026-11-22T12:00:00.000Z');
const since = '2026-11-22T11:00:00.000Z';
const until = '2026-11-22T23:00:00.000Z';
const site = aSite({ failover: { page: DEFAULT_PAGE } });
const maintenance = { state: 'off', cause: 'request', since, until } as const;
const record = { item: aSettledSiteItem({ site, live: site, maintenance }), steps: [], timeline: [] };
const kept = { domain: site.domain, siteCreatedAt: record.item.createdAt, version: 1, windows: [] };

test('failoverOf() says until when a person keeps the page off, and of a page that Route 53 leads to no end', () => {
  expect(failoverOf(record, kept, now)).toMatchObject({ on: 'origin', cause: 'request', until });
  const failedAt = '2026-11-22T11:59:00.000Z';
  const led = failoverOf(record, { ...kept, failover: { since: failedAt, detectedAt: failedAt } }, now);
  expect(led).toMatchObject({ on: 'page', cause: 'health-check', since: failedAt });
  expect(led).not.toHaveProperty('until');
});
