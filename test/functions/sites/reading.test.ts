import { describe, expect, test } from '@jest/globals';
import { writeSite } from '../../../aws/ledger/write-site.ts';
import { writeStep } from '../../../aws/ledger/write-step.ts';
import { writeTimeline } from '../../../aws/ledger/write-timeline.ts';
import { handler as listSites } from '../../../functions/sites/list-sites.ts';
import { handler as showSite } from '../../../functions/sites/show-site.ts';
import { aRequest } from '../../support/api-event.ts';
import { useLedger } from '../../support/ledger.ts';
import { aSettledSiteItem, aSite, aSiteItem, aStepItem } from '../../support/site.ts';

const ledger = useLedger();
const domain = 'shop.example.test';
const context = { awsRequestId: 'lambda-1' } as never;

async function show(given: string) {
  const answer = await showSite(aRequest({ path: '/v1/sites/{domain}', parameters: { domain: given } }), context);
  return { ...answer, json: JSON.parse(answer.body ?? '{}') };
}

async function list(query?: Record<string, string>) {
  const answer = await listSites(aRequest(query ? { query } : {}), context);
  return { ...answer, json: JSON.parse(answer.body ?? '{}') };
}

describe('GET /v1/sites/{domain}', () => {
  test('shows what each step made, the timeline and what the site waits for', async () => {
    const made = [{ type: 'hosted zone', id: 'Z1', ours: true }];
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

  test('shows why a site failed', async () => {
    const reason = { step: 'CheckRecords', error: 'Conflict', message: 'In the way: remove it' } as const;
    await writeSite(ledger, aSettledSiteItem({ state: 'failed', reason }), { over: undefined });
    expect((await show(domain)).json).toMatchObject({ state: 'failed', reason, waiting: [] });
  });

  test('keeps in sight what earlier revisions made, and forgets how the rest of them went', async () => {
    const made = [{ type: 'certificate', id: 'arn:1', ours: true }];
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

  test.each([domain, 'co.uk', '%', '%00', '..', '127.1'])('answers 404 for %s', async (given) => {
    const { statusCode, headers, json } = await show(given);
    expect(statusCode).toBe(404);
    expect(headers?.['content-type']).toBe('application/problem+json');
    expect(json).toMatchObject({ type: 'urn:nameplate:problem:site-not-found', status: 404 });
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
      sites: domains.map((each) => ({ domain: each, state: 'pending', updatedAt: aSiteItem().updatedAt })),
    });
  });

  test('goes on where the page before ended', async () => {
    await withSites();
    const first = (await list({ limit: '2' })).json;
    expect(first).toMatchObject({ sites: [{ domain: 'a.test' }, { domain: 'b.test' }], next: 'b.test' });
    expect((await list({ limit: '2', next: first.next })).json).toMatchObject({ sites: [{ domain: 'c.test' }] });
  });

  test.each<Record<string, string>>([
    { limit: '0' },
    { limit: '101' },
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
