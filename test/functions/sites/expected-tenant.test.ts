import { SFNClient } from '@aws-sdk/client-sfn';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { siteKey } from '../../../aws/ledger/keys.ts';
import { writeSite } from '../../../aws/ledger/write-site.ts';
import type { SiteState } from '../../../domain/sites/life/states.ts';
import { handler as createPlan } from '../../../functions/plans/create-plan.ts';
import { handler as cancelSite } from '../../../functions/sites/cancel-site.ts';
import { handler as changeSite } from '../../../functions/sites/change-site.ts';
import { handler as createSite } from '../../../functions/sites/create-site.ts';
import { handler as listSites } from '../../../functions/sites/list-sites.ts';
import { handler as resumeSite } from '../../../functions/sites/resume-site.ts';
import { handler as showSite } from '../../../functions/sites/show-site.ts';
import { handler as undoSite } from '../../../functions/sites/undo-site.ts';
import { apiContext, aRequest } from '../../support/api-event.ts';
import { useLedger } from '../../support/ledger.ts';
import { useRemovalSurvey } from '../../support/removal-survey.ts';
import { aSettledSiteItem, aSite } from '../../support/site.ts';

const ledger = useLedger();
useRemovalSurvey();
const states = mockClient(SFNClient);
const domain = 'shop.example.test';
const { subnets: _, ...document } = aSite();

/** Every route that names a site. `PUT` has the tenant in its document as well. */
const ROUTES = {
  GET: { handler: showSite, method: 'GET', body: () => undefined },
  PUT: { handler: changeSite, method: 'PUT', body: (tenant?: string) => ({ ...document, ...(tenant && { tenant }) }) },
  resume: { handler: resumeSite, method: 'POST', body: () => undefined },
  cancel: { handler: cancelSite, method: 'POST', body: () => undefined },
  undo: { handler: undoSite, method: 'POST', body: () => undefined },
} as const;
type Route = keyof typeof ROUTES;
const routes = Object.keys(ROUTES) as Route[];

beforeEach(() => {
  states.reset();
});

async function given(tenant: string | undefined, state: SiteState = 'held'): Promise<void> {
  const site = aSite(tenant === undefined ? {} : { tenant });
  await writeSite(ledger, aSettledSiteItem({ state, site, live: site }), { over: undefined });
}

const deletion = () => new DeleteCommand({ TableName: ledger.table, Key: siteKey(domain) });

async function ask(
  route: Route,
  { query, tenant, key }: { query?: Record<string, string>; tenant?: string; key?: string } = {},
) {
  const { handler, method, body } = ROUTES[route];
  const given = { parameters: { domain }, ...(query && { query }), headers: key ? { 'idempotency-key': key } : {} };
  const request = aRequest({ method, path: '/v1/sites/{domain}', body: body(tenant), ...given });
  const answer = await handler(request, apiContext);
  return { status: answer.statusCode, json: JSON.parse(answer.body ?? '{}') };
}

describe.each(routes)('B4: %s of a site with the expected tenant', (route) => {
  test.each<SiteState>(['held', 'live', 'undone'])(
    'answers for a site of another tenant that is %s as for one that nobody declared',
    async (state) => {
      const asked = { query: { tenant: 'globex' }, tenant: 'globex' };
      const unknown = await ask(route, asked);
      expect([unknown.status, unknown.json.type]).toEqual([404, 'urn:nameplate:problem:site-not-found']);
      for (const standing of ['acme', undefined]) {
        await given(standing, state);
        const before = await ledger.everything();
        expect(await ask(route, asked)).toEqual(unknown);
        expect(await ledger.everything()).toEqual(before);
        await ledger.documents.send(deletion());
      }
      expect(states.calls()).toEqual([]);
    },
  );

  test('finds it for its own tenant', async () => {
    await given('acme', 'undone');
    const { status, json } = await ask(route, { query: { tenant: 'acme' }, tenant: 'acme' });
    expect([status, json.type]).not.toContain('urn:nameplate:problem:site-not-found');
    expect(status).not.toBe(404);
  });

  test.each(['', 'acme,globex', 'a b', '*'])('refuses %j as a tenant', async (tenant) => {
    await given('acme');
    const { status, json } = await ask(route, { query: { tenant } });
    expect([status, json.type]).toEqual([400, 'urn:nameplate:problem:invalid-parameter']);
  });
});

test('B4: PUT answers for a site of another tenant than its document has as for none, without an expected tenant too', async () => {
  for (const tenant of ['globex', undefined]) {
    const unknown = await ask('PUT', tenant ? { tenant } : {});
    expect(unknown.status).toBe(404);
    // POST answers with whose the name is; nothing more is said here.
    expect(unknown.json.detail).toMatch(/declare it, unless another site has the name/);
    for (const state of ['live', 'undone'] as const) {
      await given('acme', state);
      expect(await ask('PUT', tenant ? { tenant } : {})).toEqual(unknown);
      await ledger.documents.send(deletion());
    }
  }
});

test.each([
  ['PUT', changeSite, 'globex'],
  ['POST /v1/sites', createSite, 'globex'],
  ['POST /v1/sites', createSite, undefined],
  ['POST /v1/plans', createPlan, 'globex'],
  ['POST /v1/plans', createPlan, undefined],
] as const)(
  'B4: %s points at the tenant of its document where it is not the expected one, and looks at no site',
  async (_, handler, tenant) => {
    const request = aRequest({
      method: 'POST',
      parameters: { domain },
      query: { tenant: 'acme' },
      body: { ...document, ...(tenant && { tenant }) },
    });
    const { statusCode, body } = await handler(request, apiContext);
    expect([statusCode, JSON.parse(body ?? '{}').errors]).toMatchObject([422, [{ pointer: '#/tenant' }]]);
    expect(await ledger.everything()).toEqual([]);
  },
);

test('B4: an Idempotency-Key that was used for one expected tenant shows nothing to another', async () => {
  await given('acme', 'undone');
  const own = await ask('cancel', { query: { tenant: 'acme' }, key: 'k' });
  expect(own.json.type).toBe('urn:nameplate:problem:nothing-to-cancel');
  expect((await ask('cancel', { query: { tenant: 'globex' }, key: 'k' })).status).toBe(404);
});

describe('B4: GET /v1/sites of one tenant', () => {
  const list = async (query: Record<string, string>) => {
    const { statusCode, body } = await listSites(aRequest({ query }), apiContext);
    return { status: statusCode, json: JSON.parse(body ?? '{}') };
  };

  beforeEach(async () => {
    for (const [place, tenant] of ['acme', 'globex', undefined, 'acme', 'globex', 'acme', 'globex'].entries()) {
      const site = aSite({ domain: `${place}.test`, ...(tenant !== undefined && { tenant }) });
      await writeSite(ledger, aSettledSiteItem({ site }), { over: undefined });
    }
  });

  test('lists its sites, page by page, and no page ends at the domain of another', async () => {
    const first = (await list({ tenant: 'acme', limit: '2' })).json;
    expect(first).toMatchObject({ sites: [{ domain: '0.test' }, { domain: '3.test' }], next: '3.test' });
    const second = (await list({ tenant: 'acme', limit: '2', next: first.next })).json;
    expect(second).toEqual({ sites: [expect.objectContaining({ domain: '5.test', tenant: 'acme' })] });
    expect((await list({ tenant: 'acme', limit: '3' })).json).not.toHaveProperty('next');
    expect((await list({ tenant: 'nobody' })).json).toEqual({ sites: [] });
  });

  test('refuses what no tenant is called', async () => {
    expect((await list({ tenant: '' })).status).toBe(400);
  });
});
