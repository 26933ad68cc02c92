import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { writeSite } from '../../../aws/ledger/write-site.ts';
import { writeStep } from '../../../aws/ledger/write-step.ts';
import { writeTimeline } from '../../../aws/ledger/write-timeline.ts';
import type { Made } from '../../../domain/ledger/made.ts';
import { declareSite } from '../../../domain/sites/declare-site.ts';
import { handler as acknowledgeAlert } from '../../../functions/care/acknowledge-alert.ts';
import { handler as listAlerts } from '../../../functions/care/list-alerts.ts';
import { handler as listCertificates } from '../../../functions/care/list-certificates.ts';
import { handler as checkSite } from '../../../functions/checks/check-site.ts';
import { handler as cancelWindow } from '../../../functions/maintenance/cancel-window.ts';
import { handler as changeWindow } from '../../../functions/maintenance/change-window.ts';
import { handler as createWindow } from '../../../functions/maintenance/create-window.ts';
import { handler as drillSite } from '../../../functions/maintenance/drill-site.ts';
import { handler as listMaintenance } from '../../../functions/maintenance/list-maintenance.ts';
import { handler as listWindows } from '../../../functions/maintenance/list-windows.ts';
import { handler as switchMaintenance } from '../../../functions/maintenance/switch-maintenance.ts';
import { handler as createPlan } from '../../../functions/plans/create-plan.ts';
import { handler as cancelSite } from '../../../functions/sites/cancel-site.ts';
import { handler as changeServer } from '../../../functions/sites/change-server.ts';
import { handler as changeSite } from '../../../functions/sites/change-site.ts';
import { handler as createServerCredentials } from '../../../functions/sites/create-server-credentials.ts';
import { handler as createSite } from '../../../functions/sites/create-site.ts';
import { handler as deleteSite } from '../../../functions/sites/delete-site.ts';
import { handler as listSites } from '../../../functions/sites/list-sites.ts';
import { handler as resumeSite } from '../../../functions/sites/resume-site.ts';
import { handler as showOpenapi } from '../../../functions/sites/show-openapi.ts';
import { handler as showSite } from '../../../functions/sites/show-site.ts';
import { handler as undoSite } from '../../../functions/sites/undo-site.ts';
import { apiContext, aRequest } from '../../support/api-event.ts';
import { useLedger } from '../../support/ledger.ts';
import { aPlanView } from '../../support/plan-view.ts';
import { aSettledSiteItem, aSite, aSiteItem, aStepItem } from '../../support/site.ts';

const ledger = useLedger();
const domain = 'shop.example.test';
const ajv = new Ajv2020({ strict: false, allErrors: true });
let document: { openapi: string; components: { schemas: Record<string, object> }; paths: object };

beforeAll(async () => {
  formats.default(ajv);
  // It has none: that answers bear canonical names is tested elsewhere.
  ajv.addFormat('idn-hostname', true);
  const answer = await showOpenapi(aRequest({ path: '/v1/openapi.json' }), apiContext);
  document = JSON.parse(answer.body ?? '');
  ajv.addSchema(document, 'api');
});

/** What ajv says against a value; empty when it is as the document says. */
function against(schema: string, value: unknown): unknown[] {
  const validate = ajv.getSchema(`api#/components/schemas/${schema}`);
  if (!validate) throw new Error(`The document has no schema "${schema}"`);
  return validate(value) ? [] : (validate.errors ?? []);
}

const json = ({ body = '' }: { body?: string | undefined }) => JSON.parse(body);

describe('GET /v1/openapi.json', () => {
  test('is a valid OpenAPI 3.1 document', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(document));
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
    expect(document.openapi).toMatch(/^3\.1\./);
  });

  test('describes every path of the API', () => {
    expect(Object.keys(document.paths)).toEqual([
      '/v1/sites',
      '/v1/sites/{domain}',
      '/v1/sites/{domain}/resume',
      '/v1/sites/{domain}/cancel',
      '/v1/sites/{domain}/undo',
      '/v1/maintenance',
      '/v1/sites/{domain}/maintenance',
      '/v1/sites/{domain}/maintenance/windows',
      '/v1/sites/{domain}/maintenance/windows/{id}',
      '/v1/sites/{domain}/drill',
      '/v1/sites/{domain}/server',
      '/v1/sites/{domain}/server-credentials',
      '/v1/plans',
      '/v1/checks',
      '/v1/certificates',
      '/v1/alerts',
      '/v1/alerts/{id}/acknowledge',
      '/v1/openapi.json',
    ]);
  });
});

/** Every operation that the document describes, with what answers it. */
const OPERATIONS: Record<
  string,
  (event: APIGatewayProxyEventV2, context: Context) => Promise<{ body?: string | undefined }>
> = {
  createSite,
  listSites,
  showSite,
  changeSite,
  deleteSite,
  resumeSite,
  cancelSite,
  undoSite,
  createPlan,
  checkSite,
  listMaintenance,
  switchMaintenance,
  listWindows,
  createWindow,
  changeWindow,
  cancelWindow,
  drillSite,
  changeServer,
  createServerCredentials,
  listCertificates,
  listAlerts,
  acknowledgeAlert,
  showOpenapi,
};

interface Described {
  operationId: string;
  parameters?: { name: string; in: string }[];
  responses: object;
}

describe('the query parameters of an operation', () => {
  const described = () =>
    Object.values(document.paths as Record<string, Record<string, Described>>).flatMap((path) => Object.values(path));

  test.each(Object.entries(OPERATIONS))(
    'of %s are those of the document, and any other is refused by its name',
    async (id, handler) => {
      const { parameters = [], responses } = described().find(({ operationId }) => operationId === id) as Described;
      const before = await ledger.everything();
      const refused = json(await handler(aRequest({ parameters: { domain }, query: { tenent: 'acme' } }), apiContext));
      const known = parameters.filter((one) => one.in === 'query').map(({ name }) => `"${name}"`);
      const fix =
        known.length > 0
          ? `this route has ${known.join(', ')}; check the spelling, or leave it out`
          : 'this route has none';
      expect(refused).toMatchObject({
        status: 400,
        type: 'urn:nameplate:problem:invalid-parameter',
        detail: `Cannot use the query parameter "tenent": ${fix}`,
      });
      expect(responses).toHaveProperty('400');
      expect(await ledger.everything()).toEqual(before);
    },
  );

  test('are tried for every operation', () => {
    expect(
      described()
        .map(({ operationId }) => operationId)
        .toSorted(),
    ).toEqual(Object.keys(OPERATIONS).toSorted());
  });
});

describe('what the API answers is what the document says', () => {
  beforeEach(async () => {
    const reason = { step: 'CheckRecords', error: 'Conflict', message: 'In the way: remove it' } as const;
    const item = aSettledSiteItem({ state: 'failed', reason, site: aSite({ directName: 'direct.shop.example.test' }) });
    await writeSite(ledger, { ...item, liveAt: item.createdAt }, { over: undefined });
    const made: Made[] = [{ type: 'hosted zone', id: 'Z1', ours: true, detail: 'Four name servers' }];
    await writeStep(
      ledger,
      domain,
      aStepItem('FindZone', { made, output: { zones: [], nameServers: ['ns-1.example'] } }),
    );
    await writeTimeline(ledger, domain, { id: 'a', at: item.createdAt, step: 'FindZone', message: 'Made the zone' });
  });

  test('for a site', async () => {
    const site = json(await showSite(aRequest({ parameters: { domain } }), apiContext));
    expect(against('Site', site)).toEqual([]);
    expect(against('Site', { ...site, state: 'odd' })).not.toEqual([]);
  });

  test('for a site that waits', async () => {
    await writeSite(ledger, aSiteItem({ site: aSite({ domain: 'a.test' }) }), { over: undefined });
    await writeStep(ledger, 'a.test', aStepItem('CheckDelegation', { state: 'waiting', waitingFor: 'The registrar' }));
    const site = json(await showSite(aRequest({ parameters: { domain: 'a.test' } }), apiContext));
    expect(site.waiting).toHaveLength(1);
    expect(against('Site', site)).toEqual([]);
  });

  test('for the list', async () => {
    const list = json(await listSites(aRequest({ query: { limit: '1' } }), apiContext));
    expect(list.next).toBe(domain);
    expect(against('SiteList', list)).toEqual([]);
  });

  test('for a refusal', async () => {
    const wrong = json(await createSite(aRequest({ method: 'POST', body: { domain: 'co.uk' } }), apiContext));
    expect(wrong.errors.length).toBeGreaterThan(0);
    expect(against('Problem', wrong)).toEqual([]);
    const missing = json(await showSite(aRequest({ parameters: { domain: 'nowhere.test' } }), apiContext));
    expect(against('Problem', missing)).toEqual([]);
  });
});

describe('a plan', () => {
  test('is what the document says', () => {
    const plan = aPlanView();
    expect(against('Plan', plan)).toEqual([]);
    expect(against('Plan', { ...plan, waits: [{ for: 'luck' }] })).not.toEqual([]);
  });

  test('can be named beside the declaration that it was made for, and nowhere else', () => {
    const plan = { id: '0123456789abcdef', checksum: 'a'.repeat(64) };
    expect(against('NewSite', { ...aSite(), plan })).toEqual([]);
    expect(against('NewSite', aSite())).toEqual([]);
    expect(against('NewSite', { ...aSite(), plan: { id: 'x' } })).not.toEqual([]);
    expect(against('NewSite', { ...aSite(), colour: 'blue' })).not.toEqual([]);
    expect(against('Declaration', { ...aSite(), plan })).not.toEqual([]);
  });
});

describe('what the document lets a caller send is what the API takes', () => {
  const least = { domain, origin: { instance: { id: 'i-0123456789abcdef0' } } };

  test.each([
    least,
    aSite(),
    aSite({ directName: 'direct.shop.example.test', subnets: ['subnet-01234567', 'subnet-89abcdef'] }),
    { ...least, edge: 'cdn' },
    aSite({ edge: 'cdn' }),
    { domain, origin: { server: { address: '198.51.100.7' } }, edge: 'direct' },
  ])('takes %j', (site) => {
    expect(against('Declaration', site)).toEqual([]);
    expect(declareSite(site)).toHaveProperty('site');
  });

  test.each([
    {},
    { ...least, colour: 'blue' },
    { ...least, edge: 'proxy' },
    { ...least, access: [] },
    { ...least, aliases: 'www.shop.example.test' },
    { ...least, origin: { instance: { id: 'web-1' } } },
    { ...least, origin: { instance: { id: 'i-0123456789abcdef0', port: 0 } } },
    { ...least, origin: { instance: { id: 'i-0123456789abcdef0', healthPath: 'x' } } },
    { ...least, subnets: ['subnet-01234567'] },
  ])('refuses %j', (site) => {
    expect(against('Declaration', site)).not.toEqual([]);
    expect(declareSite(site)).toHaveProperty('errors');
  });
});
