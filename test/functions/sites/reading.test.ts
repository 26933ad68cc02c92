import { describe, expect, test } from '@jest/globals';
import { writeLook } from '../../../aws/ledger/looks.ts';
import { writeSite } from '../../../aws/ledger/write-site.ts';
import { writeStep } from '../../../aws/ledger/write-step.ts';
import { writeTimeline } from '../../../aws/ledger/write-timeline.ts';
import type { Made } from '../../../domain/ledger/made.ts';
import { handler as listSites } from '../../../functions/sites/list-sites.ts';
import { handler as showSite } from '../../../functions/sites/show-site.ts';
import { apiContext, aRequest } from '../../support/api-event.ts';
import { useLedger } from '../../support/ledger.ts';
import { aSettledSiteItem, aSite, aSiteItem, aStepItem } from '../../support/site.ts';

const ledger = useLedger();
const domain = 'shop.example.test';

async function show(given: string) {
  const answer = await showSite(aRequest({ path: '/v1/sites/{domain}', parameters: { domain: given } }), apiContext);
  return { ...answer, json: JSON.parse(answer.body ?? '{}') };
}

async function list(query?: Record<string, string>) {
  const answer = await listSites(aRequest(query ? { query } : {}), apiContext);
  return { ...answer, json: JSON.parse(answer.body ?? '{}') };
}

describe('GET /v1/sites/{domain}', () => {
  test('shows what each step made, the timeline and what the site waits for', async () => {
    const made: Made[] = [{ type: 'hosted zone', id: 'Z1', ours: true }];
    const output = { zones: [], nameServers: ['ns-1.awsdns-01.com.', 'ns-2.awsdns-02.net'] };
    await writeSite(ledger, aSiteItem(), { over: undefined });
    await writeStep(ledger, domain, aStepItem('FindZone', { made, output }));
    const at = '2026-11-25T12:00:00.000Z';
    const waiting = {
      state: 'waiting' as const,
      startedAt: '2026-11-22T12:00:05.000Z',
      waitingFor: 'The registrar',
      waitingUntil: at,
    };
    await writeStep(ledger, domain, aStepItem('CheckDelegation', waiting));
    await writeTimeline(ledger, domain, {
      id: 'a',
      at: '2026-11-22T12:00:01.000Z',
      step: 'FindZone',
      message: 'Made the zone',
    });
    const { statusCode, headers, json } = await show(domain);
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store' });
    expect(json).toMatchObject({
      domain,
      state: 'pending',
      revision: 1,
      site: aSite(),
      nameServers: ['ns-1.awsdns-01.com', 'ns-2.awsdns-02.net'],
      waiting: [{ step: 'CheckDelegation', for: 'The registrar', since: '2026-11-22T12:00:05.000Z', until: at }],
      timeline: [{ at: '2026-11-22T12:00:01.000Z', step: 'FindZone', message: 'Made the zone' }],
    });
    expect(json.steps[0]).toMatchObject({ name: 'FindZone', state: 'done', made });
    expect(json.steps[0]).not.toHaveProperty('output');
  });

  test('shows what the last look has seen, and nothing that was seen of a site of its name before', async () => {
    const at = '2026-11-22T18:00:00.000Z';
    const probe = { leg: 'edge', asked: `https://${domain}/ at 203.0.113.2`, found: '200', isWell: true } as const;
    const item = aSettledSiteItem();
    await writeSite(ledger, item, { over: undefined });
    expect((await show(domain)).json).not.toHaveProperty('probes');
    await writeLook(ledger, domain, { siteCreatedAt: item.createdAt, at, probes: [probe] });
    expect((await show(domain)).json.probes).toEqual([{ ...probe, at }]);
    await writeLook(ledger, domain, { siteCreatedAt: '2020-01-01T00:00:00.000Z', at, probes: [probe] });
    expect((await show(domain)).json).not.toHaveProperty('probes');
  });

  test('shows of what a step made what the API documents, and nothing that only the product decides by', async () => {
    const page: Made = { type: 'page', id: 'p', ours: true, version: '0123', madeAt: '2026-11-22T12:00:00.000Z' };
    const distribution: Made = { type: 'distribution', id: 'E1', ours: true, domainName: 'd1.cloudfront.net' };
    await writeSite(ledger, aSiteItem(), { over: undefined });
    await writeStep(ledger, domain, aStepItem('CreatePage', { made: [page, distribution] }));
    expect((await show(domain)).json.steps[0].made).toEqual([
      { type: 'page', id: 'p', ours: true },
      { type: 'distribution', id: 'E1', ours: true },
    ]);
  });

  test('B6: shows the role of another account and no external id', async () => {
    const role = 'arn:aws:iam::210987654321:role/nameplate-dns';
    const site = aSite({ dns: { role, externalId: 'ours-alone' } });
    await writeSite(ledger, aSettledSiteItem({ site, live: site, state: 'held' }), { over: undefined });
    const { body, json } = await show(domain);
    expect([json.site.dns, json.live.dns]).toEqual([{ role }, { role }]);
    expect(body).not.toContain('ours-alone');
  });

  test('shows why a site failed', async () => {
    const reason = { step: 'CheckRecords', error: 'Conflict', message: 'In the way: remove it' } as const;
    await writeSite(ledger, aSettledSiteItem({ state: 'failed', reason }), { over: undefined });
    expect((await show(domain)).json).toMatchObject({ state: 'failed', reason, waiting: [] });
  });

  test('keeps in sight what earlier revisions made, and forgets how the rest of them went', async () => {
    const made: Made[] = [{ type: 'certificate', id: 'arn:1', ours: true }];
    await writeSite(ledger, aSiteItem({ revision: 2 }), { over: undefined });
    await writeStep(ledger, domain, aStepItem('FindZone', { revision: 2, startedAt: '2026-11-22T11:00:00.000Z' }));
    await writeStep(ledger, domain, aStepItem('RequestCertificate', { revision: 1, made }));
    await writeStep(ledger, domain, aStepItem('CreateLoadBalancer', { revision: 1, state: 'failed' }));
    const { steps } = (await show(domain)).json;
    expect(steps.map(({ name }: { name: string }) => name)).toEqual(['RequestCertificate', 'FindZone']);
  });

  test('shows no name servers before it knows them', async () => {
    await writeSite(ledger, aSiteItem(), { over: undefined });
    expect((await show(domain)).json).not.toHaveProperty('nameServers');
  });

  test.each(['bücher.example.test', 'B%C3%9CCHER.example.test', 'xn--bcher-kva.example.test', 'BÜCHER.example.test.'])(
    'finds a site under %s',
    async (given) => {
      await writeSite(ledger, aSiteItem({ site: aSite({ domain: 'xn--bcher-kva.example.test' }) }), {
        over: undefined,
      });
      expect((await show(given)).json).toMatchObject({ displayName: 'bücher.example.test' });
    },
  );

  test.each([domain, 'co.uk', '%', '%00', '%ED%A0%80', '..', '127.1', 'a'.repeat(4_000), `${'a.'.repeat(2_000)}test`])(
    'answers 404 for %s',
    async (given) => {
      const { statusCode, headers, json } = await show(given);
      expect(statusCode).toBe(404);
      expect(headers?.['content-type']).toBe('application/problem+json');
      expect(json).toMatchObject({ type: 'urn:nameplate:problem:site-not-found', status: 404 });
    },
  );
});

describe('B9: a timeline that is long', () => {
  const at = (place: number) => new Date(Date.UTC(2026, 10, 22) + place * 1_000).toISOString();

  /** As it was written before there was a limit: some 5 MB. */
  async function withTimeline(count: number): Promise<void> {
    await writeSite(ledger, aSiteItem(), { over: undefined });
    for (let place = 0; place < count; place += 1) {
      const id = `1-CheckDelegation-waiting`;
      const message = `${place} ${'x'.repeat(1_000)}`;
      await writeTimeline(ledger, domain, { id, at: at(place), step: 'CheckDelegation', message });
    }
  }

  const page = async (query: Record<string, string> = {}) => {
    const request = aRequest({ path: '/v1/sites/{domain}', parameters: { domain }, query });
    const { statusCode, body = '{}' } = await showSite(request, apiContext);
    return { statusCode, json: JSON.parse(body), bytes: body.length };
  };

  test('is shown by pages, from its end', async () => {
    await withTimeline(450);
    const seen: string[] = [];
    let next: string | undefined;
    do {
      const { json, bytes } = await page({ limit: '200', ...(next && { next }) });
      expect(bytes).toBeLessThan(300_000);
      seen.unshift(...json.timeline.map((entry: { at: string }) => entry.at));
      next = json.next;
    } while (next);
    expect(seen).toEqual(Array.from({ length: 450 }, (_, place) => at(place)));
  });

  test('has its newest 100 entries shown when nothing else is asked for', async () => {
    await withTimeline(120);
    const { json } = await page();
    expect(json.timeline).toHaveLength(100);
    expect(json.timeline.at(-1).at).toBe(at(119));
  });

  test.each([{ limit: '0' }, { limit: '201' }, { limit: 'x' }, { next: 'x' }, { next: '\ud800' }, { next: 'U0lURQ' }])(
    'answers 400 to %j',
    async (query) => {
      await withTimeline(1);
      const { statusCode, json } = await page(query);
      expect(statusCode).toBe(400);
      expect(json.type).toBe('urn:nameplate:problem:invalid-parameter');
    },
  );

  test('S10: has no control character in it, whoever put it there', async () => {
    await writeSite(ledger, aSiteItem(), { over: undefined });
    await writeTimeline(ledger, domain, { id: 'a', at: at(0), message: 'says \u001b[31mred\r\n' });
    await writeStep(ledger, domain, aStepItem('FindZone', { message: 'says \u0007', made: [] }));
    const { json } = await page();
    expect(json.timeline[0].message).toBe('says \\u{1b}[31mred\\u{d}\\u{a}');
    expect(json.steps[0].message).toBe('says \\u{7}');
  });
});

describe('the words of a page', () => {
  const page = {
    title: 'Closed 👨\u200d👩\u200d👧 \u200f',
    message: `Two\n\nparagraphs, ${'long '.repeat(300)}`,
    language: 'ar',
    contact: '\u{e0001}',
  };

  test('are shown as they were declared, so that what was read can be declared again', async () => {
    const site = aSite({ failover: { page } });
    await writeSite(ledger, aSettledSiteItem({ site, live: site }), { over: undefined });
    expect((await show(domain)).json.site.failover.page).toEqual(page);
  });

  test('S10: turn and break no line of the answer', async () => {
    await writeSite(ledger, aSiteItem({ site: aSite({ failover: { page } }) }), { over: undefined });
    expect((await show(domain)).body).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u);
  });

  test('are shown while a maintenance has others', async () => {
    const site = aSite({ failover: { page } });
    const maintenance = {
      state: 'on',
      cause: 'request',
      since: '2026-11-22T12:00:00.000Z',
      message: page.message,
    } as const;
    await writeSite(ledger, aSettledSiteItem({ site, live: site, maintenance }), { over: undefined });
    expect((await show(domain)).json.failover.message).toBe(page.message);
  });
});

describe('GET /v1/sites', () => {
  const domains = ['a.test', 'b.test', 'c.test'];

  async function withSites(): Promise<void> {
    for (const each of domains)
      await writeSite(ledger, aSiteItem({ site: aSite({ domain: each }) }), { over: undefined });
  }

  test("tells whose site each is that is somebody else's", async () => {
    await writeSite(ledger, aSiteItem({ site: aSite({ tenant: 'acme' }) }), { over: undefined });
    expect((await list()).json.sites).toMatchObject([{ domain: aSite().domain, tenant: 'acme' }]);
  });

  test('lists the sites by domain', async () => {
    await withSites();
    const { statusCode, json } = await list();
    expect(statusCode).toBe(200);
    expect(json).toEqual({
      sites: domains.map((each) => ({
        domain: each,
        state: 'pending',
        edge: aSite().edge,
        operation: { name: 'onboard', startedAt: aSiteItem().operation?.startedAt },
        updatedAt: aSiteItem().updatedAt,
      })),
    });
  });

  test('says of a site in the list what runs for it, and why it is not live', async () => {
    const operation = { name: 'onboard', execution: 'shop-1', startedAt: '2026-11-22T12:00:00.000Z' } as const;
    const reason = { step: 'FindZone', error: 'Conflict', message: 'Another zone has the name' } as const;
    await writeSite(ledger, aSiteItem({ operation, reason }), { over: undefined });
    const { name, startedAt } = operation;
    expect((await list()).json.sites).toMatchObject([{ operation: { name, startedAt }, reason }]);
    expect((await list()).json.sites[0].operation).not.toHaveProperty('execution');
  });

  test('gives 1,000 sites at once to who asks for as many', async () => {
    await withSites();
    expect((await list({ limit: '1000' })).json).toEqual((await list()).json);
  });

  test('goes on where the page before ended', async () => {
    await withSites();
    const first = (await list({ limit: '2' })).json;
    expect(first).toMatchObject({ sites: [{ domain: 'a.test' }, { domain: 'b.test' }], next: 'b.test' });
    expect((await list({ limit: '2', next: first.next })).json).toMatchObject({ sites: [{ domain: 'c.test' }] });
  });

  test.each<Record<string, string>>([
    { limit: '0' },
    { limit: '1001' },
    { limit: '-1' },
    { limit: 'all' },
    { limit: '1e2' },
    { next: '' },
    { next: 'a b' },
    { next: 'x'.repeat(300) },
  ])('refuses %j', async (query) => {
    const { statusCode, json } = await list(query);
    expect(statusCode).toBe(400);
    expect(json.type).toBe('urn:nameplate:problem:invalid-parameter');
  });
});
