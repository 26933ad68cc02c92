import { beforeEach, describe, expect, test } from '@jest/globals';
import { readMaintenance, writeMaintenance } from '../../../aws/ledger/maintenance.ts';
import { writeSite } from '../../../aws/ledger/write-site.ts';
import { maintenanceList } from '../../../domain/failover/maintenance-view.ts';
import type { MaintenanceItem } from '../../../domain/ledger/maintenance-item.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';
import { DEFAULT_PAGE } from '../../../domain/sites/failover.ts';
import { handler } from '../../../functions/maintenance/list-maintenance.ts';
import { apiContext, aRequest } from '../../support/api-event.ts';
import { useLedger } from '../../support/ledger.ts';
import { aSettledSiteItem, aSite } from '../../support/site.ts';

const ledger = useLedger();
const hours = (count: number) => new Date(Date.now() + count * 3_600_000).toISOString();

async function stands(
  domain: string,
  { tenant, ...changes }: Partial<SiteItem> & { tenant?: string } = {},
  asked?: Partial<MaintenanceItem>,
): Promise<void> {
  const site = aSite({ domain, failover: { page: DEFAULT_PAGE }, ...(tenant !== undefined && { tenant }) });
  const item = aSettledSiteItem({ site, live: site, ...changes });
  await writeSite(ledger, item, { over: undefined });
  if (asked) {
    const over = await readMaintenance(ledger, item);
    await writeMaintenance(ledger, { ...over, ...asked }, { over });
  }
}

async function list(query: Record<string, string> = {}) {
  const { statusCode, body } = await handler(aRequest({ query }), apiContext);
  const json = JSON.parse(body ?? '');
  // As the OpenAPI document says, and nothing else.
  if (statusCode === 200) expect(maintenanceList.parse(json)).toEqual(json);
  return { status: statusCode, ...json };
}

const domains = ({ sites }: { sites: { domain: string }[] }) => sites.map(({ domain }) => domain);

describe('GET /v1/maintenance', () => {
  beforeEach(async () => {
    const { failover: _, ...bare } = aSite({ domain: 'bare.test' });
    await writeSite(ledger, aSettledSiteItem({ site: bare, live: bare }), { over: undefined });
  });

  test('tells where viewers are led, why and until when, and the windows by when they begin', async () => {
    const since = hours(-1);
    const until = hours(1);
    const maintenance = { state: 'on', cause: 'request', since, until, message: 'Back at four' } as const;
    const [later, sooner] = [
      { id: 'b', from: hours(48), until: hours(49) },
      { id: 'a', from: hours(24), until: hours(25), announced: [1440] },
    ];
    await stands('shop.test', { maintenance, hold: true }, { windows: [later, sooner] as never });
    await stands('quiet.test');
    expect((await list()).sites).toEqual([
      { domain: 'quiet.test', state: 'live', on: 'origin', hold: false, windows: [] },
      {
        domain: 'shop.test',
        state: 'live',
        on: 'page',
        cause: 'request',
        since,
        until,
        message: 'Back at four',
        hold: true,
        windows: [
          { id: 'a', from: sooner?.from, until: sooner?.until, state: 'ahead' },
          { ...later, state: 'ahead' },
        ],
      },
    ]);
  });

  test('tells of a page that Route 53 leads viewers to by itself', async () => {
    const since = hours(-1);
    await stands('shop.test', {}, { failover: { since, detectedAt: since, pageSeenAt: since } });
    expect((await list()).sites).toMatchObject([{ on: 'page', cause: 'health-check', since, pageSeenAt: since }]);
  });

  test('tells of no window that was declared for an earlier site of the name', async () => {
    const windows = [{ id: 'a', from: hours(24), until: hours(25) }];
    await stands('shop.test', {}, { siteCreatedAt: '2020-01-01T00:00:00.000Z', windows });
    expect((await list()).sites).toMatchObject([{ domain: 'shop.test', windows: [] }]);
  });

  test('lists every site with a page once, page after page, and those of one tenant alone', async () => {
    for (const name of ['a.test', 'c.test', 'd.test']) await stands(name);
    await stands('b.test', { tenant: 'acme' });
    const first = await list({ limit: '2' });
    expect([domains(first), first.next]).toEqual([['a.test', 'b.test'], 'b.test']);
    const second = await list({ limit: '2', next: first.next });
    expect([domains(second), second.next]).toEqual([['c.test', 'd.test'], undefined]);
    expect(domains(await list({ tenant: 'acme' }))).toEqual(['b.test']);
  });

  test('refuses a parameter that it does not know', async () => {
    expect(await list({ tenent: 'acme' })).toMatchObject({ status: 400 });
  });
});
