import { beforeEach, describe, expect, test } from '@jest/globals';
import { readAlerts, sitesWithAlerts, writeAlert } from '../../../aws/ledger/alerts.ts';
import { writeCertificates } from '../../../aws/ledger/certificates.ts';
import { type Alert, idOf } from '../../../domain/care/alert.ts';
import type { CertificateItem } from '../../../domain/care/certificate-item.ts';
import { alertList, certificateList } from '../../../domain/care/view.ts';
import { handler as acknowledgeAlert } from '../../../functions/care/acknowledge-alert.ts';
import { handler as listAlerts } from '../../../functions/care/list-alerts.ts';
import { handler as listCertificates } from '../../../functions/care/list-certificates.ts';
import { apiContext, aRequest } from '../../support/api-event.ts';
import { useLedger } from '../../support/ledger.ts';

const ledger = useLedger();

const at = (day: number) => `2027-01-${String(day).padStart(2, '0')}T00:00:00.000Z`;
const shop = 'shop.example.test';

const anAlert = (subject: string, changes: Partial<Alert> = {}): Alert => ({
  id: idOf(changes.domain ?? shop, 'resourceMissing', subject),
  domain: shop,
  siteCreatedAt: at(1),
  state: 'open',
  code: 'resourceMissing',
  subject,
  area: 'resources',
  severity: 'error',
  message: `${subject} is missing`,
  evidence: [],
  fix: 'Declare it again',
  seenAt: at(1),
  raisedAt: at(1),
  version: 0,
  ...changes,
});

const aCertificate = (domain: string, day: number, changes: Partial<CertificateItem> = {}): CertificateItem => ({
  id: idOf(domain, String(day)),
  domain,
  place: 'edge',
  names: [domain],
  type: 'AMAZON_ISSUED',
  validFrom: at(1),
  validTo: at(day),
  renewal: 'automatic',
  servedAt: [],
  seenAt: at(1),
  ...changes,
});

type Body = { alerts: Alert[]; certificates: (CertificateItem & { daysLeft: number })[]; next?: string; type?: string };

async function get(handler: typeof listAlerts, query: Record<string, string> = {}): Promise<Body & { status: number }> {
  const answer = await handler(aRequest({ query }), apiContext);
  const body = JSON.parse(answer.body ?? '') as Body;
  // As the OpenAPI document says, and nothing else.
  if (answer.statusCode === 200) {
    expect((handler === listAlerts ? alertList : certificateList).parse(body)).toEqual(body);
  }
  return { ...body, status: answer.statusCode ?? 0 };
}

/** All pages of a list, two at a time. */
async function pages(handler: typeof listAlerts, query: Record<string, string> = {}): Promise<Body[]> {
  const found: Body[] = [];
  let next: string | undefined;
  do {
    const page = await get(handler, { ...query, limit: '2', ...(next !== undefined && { next }) });
    found.push(page);
    next = page.next;
  } while (next !== undefined);
  return found;
}

describe('GET /v1/alerts', () => {
  beforeEach(async () => {
    for (const alert of [
      anAlert('a', { raisedAt: at(3) }),
      anAlert('b', { raisedAt: at(5), tenant: 'acme' }),
      anAlert('c', { raisedAt: at(4), domain: 'other.test' }),
      anAlert('d', { state: 'resolved', resolvedAt: at(6) }),
    ]) {
      await writeAlert(ledger, alert);
    }
    const { raisedAt: _, ...suspected } = anAlert('e', { state: 'suspected' });
    const { raisedAt: __, ...never } = anAlert('f', { state: 'resolved', resolvedAt: at(6) });
    await writeAlert(ledger, suspected);
    await writeAlert(ledger, never);
  });

  test('lists what is open, the newest first, a page at a time, and no suspicion', async () => {
    const found = await pages(listAlerts);
    expect(found.map(({ alerts }) => alerts.map(({ subject }) => subject))).toEqual([['b', 'c'], ['a']]);
    expect(found[0]?.alerts[0]).toEqual({
      id: anAlert('b').id,
      domain: shop,
      tenant: 'acme',
      state: 'open',
      code: 'resourceMissing',
      subject: 'b',
      severity: 'error',
      message: 'b is missing',
      evidence: [],
      fix: 'Declare it again',
      raisedAt: at(5),
    });
  });

  test('lists what was resolved, and not what was only suspected', async () => {
    const { alerts } = await get(listAlerts, { state: 'resolved' });
    expect(alerts.map(({ subject }) => subject)).toEqual(['d']);
  });

  test('lists as resolved what people have not been told the end of yet, whose site is still looked at', async () => {
    const ended = { state: 'resolved', resolvedAt: at(7), untold: 'resolved', domain: 'untold.test' } as const;
    await writeAlert(ledger, anAlert('i', ended));
    const [open, resolved] = [await get(listAlerts), await get(listAlerts, { state: 'resolved' })];
    expect(open.alerts.map(({ subject }) => subject)).not.toContain('i');
    expect(resolved.alerts.map(({ subject }) => subject)).toEqual(['i', 'd']);
    expect((await sitesWithAlerts(ledger)).sort()).toEqual(['other.test', shop, 'untold.test']);
  });

  test('of one tenant tells of no other, in `next` neither', async () => {
    for (const subject of ['g', 'h']) await writeAlert(ledger, anAlert(subject, { tenant: 'acme', raisedAt: at(2) }));
    const found = await pages(listAlerts, { tenant: 'acme' });
    expect(found.map(({ alerts }) => alerts.map(({ tenant }) => tenant))).toEqual([['acme', 'acme'], ['acme']]);
    expect(found.flatMap(({ next }) => next ?? []).join()).not.toContain('other.test');
  });

  test.each([{ state: 'suspected' }, { next: 'x' }, { limit: '0' }, { tenent: 'acme' }])(
    'refuses %j',
    async (query) => {
      const { status, type } = await get(listAlerts, query as unknown as Record<string, string>);
      expect([status, type]).toEqual([400, 'urn:nameplate:problem:invalid-parameter']);
    },
  );
});

describe('POST /v1/alerts/{id}/acknowledge', () => {
  const acknowledge = async (id: string, query: Record<string, string> = {}) => {
    const answer = await acknowledgeAlert(aRequest({ method: 'POST', parameters: { id }, query }), apiContext);
    return { status: answer.statusCode, body: JSON.parse(answer.body ?? '') as Alert };
  };

  test('says that it was read, once; it stays open', async () => {
    const alert = anAlert('a');
    await writeAlert(ledger, alert);
    const first = await acknowledge(alert.id);
    expect(first).toMatchObject({ status: 200, body: { state: 'open', acknowledged: { at: expect.any(String) } } });
    expect((await acknowledge(alert.id)).body).toEqual(first.body);
    expect((await readAlerts(ledger, shop)).map(({ version }) => version)).toEqual([2]);
  });

  test('finds none of another tenant, that was only suspected, or that there is not', async () => {
    const { raisedAt: _, ...suspected } = anAlert('e', { state: 'suspected' });
    await writeAlert(ledger, suspected);
    await writeAlert(ledger, anAlert('b', { tenant: 'acme' }));
    const asked = [
      acknowledge(suspected.id),
      acknowledge(anAlert('b').id, { tenant: 'globex' }),
      acknowledge(anAlert('z').id),
      acknowledge('../x'),
    ];
    for (const { status } of await Promise.all(asked)) expect(status).toBe(404);
  });
});

test('an alert that another look has written meanwhile is not written over', async () => {
  await writeAlert(ledger, anAlert('a'));
  const [read] = await readAlerts(ledger, shop);
  expect(await writeAlert(ledger, read as Alert)).toBe(true);
  expect(await writeAlert(ledger, read as Alert)).toBe(false);
});

describe('GET /v1/certificates', () => {
  test('lists those of all sites as the last look has seen them, what ends first first', async () => {
    const ours = aCertificate(shop, 20);
    await writeCertificates(ledger, shop, [aCertificate(shop, 9), ours]);
    await writeCertificates(ledger, 'a.test', [aCertificate('a.test', 15, { tenant: 'acme' })]);
    await writeCertificates(ledger, 'b.test', [aCertificate('b.test', 12)]);
    // The first is gone by the next look.
    await writeCertificates(ledger, shop, [ours]);
    const found = await pages(listCertificates);
    expect(found.map(({ certificates }) => certificates.map(({ domain }) => domain))).toEqual([
      ['b.test', 'a.test'],
      [shop],
    ]);
    expect((await get(listCertificates, { tenant: 'acme' })).certificates).toMatchObject([{ domain: 'a.test' }]);
  });

  test('with the days and the share of the lifetime that are left', async () => {
    const now = Date.now();
    const day = 86_400_000;
    const validFrom = new Date(now - 150.5 * day).toISOString();
    const validTo = new Date(now + 47.5 * day).toISOString();
    await writeCertificates(ledger, shop, [aCertificate(shop, 1, { validFrom, validTo })]);
    expect((await get(listCertificates)).certificates).toMatchObject([{ daysLeft: 47, shareLeft: 0.24 }]);
  });
});
