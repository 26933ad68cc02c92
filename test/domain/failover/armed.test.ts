import { expect, test } from '@jest/globals';
import { isArmed } from '../../../domain/failover/armed.ts';
import { DEFAULT_PAGE } from '../../../domain/sites/failover.ts';
import { aSettledSiteItem, aSite } from '../../support/site.ts';

const at = '2026-11-22T12:00:00.000Z';
const site = aSite({ failover: { page: DEFAULT_PAGE } });

test.each([
  ['switch', 'a switch was stopped: viewers see the site or the page until it is resumed or undone'],
  ['change', 'the site is not live as declared'],
] as const)('isArmed() says of a site whose %s was stopped that %s', (name, why) => {
  const item = aSettledSiteItem({
    site,
    live: site,
    state: 'held',
    last: { name, startedAt: at, endedAt: at, execution: 'e' },
  });
  expect(isArmed({ item, steps: [], timeline: [] }, { now: new Date() })).toEqual({ armed: false, why });
});
