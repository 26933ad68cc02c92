import { describe, expect, test } from '@jest/globals';
import type { CertificateView } from '../../console/certificates/certificate-row.ts';
import { filtered, filterIn, queryOf } from '../../console/sites/filter.ts';
import { rowsOf, type SiteRow } from '../../console/sites/row.ts';
import type { AlertView } from '../../domain/care/view.ts';
import type { SiteList, SiteView } from '../../domain/sites/view.ts';

type Listed = SiteList['sites'][number];

const updatedAt = '2026-11-30T12:00:00.000Z';
const listed = (domain: string, changes: Partial<Listed> = {}): Listed => ({
  domain,
  edge: 'load-balancer',
  state: 'live',
  updatedAt,
  ...changes,
});

const anAlert = (domain: string, changes: Partial<AlertView> = {}) =>
  ({ domain, severity: 'warning', message: 'The certificate is not renewed', ...changes }) as AlertView;

const aCertificate = (domain: string, changes: Partial<CertificateView>) =>
  ({ domain, place: 'edge', daysLeft: 90, ...changes }) as CertificateView;

const nothing = { running: [], certificates: [], alerts: [] };

const rowOf = (site: Listed, known: Partial<Omit<Parameters<typeof rowsOf>[0], 'sites'>> = {}) =>
  rowsOf({ ...nothing, ...known, sites: [site] })[0] as SiteRow;

describe('rowsOf()', () => {
  test('wants nobody for a live site without alerts', () => {
    expect(rowOf(listed('a.test'))).toMatchObject({ needsPerson: false });
    expect(rowOf(listed('a.test'))).not.toHaveProperty('says');
  });

  test('wants a person for a held site, and says why it is', () => {
    const reason = { step: 'Preflight', error: 'Refused', message: 'Start the web server' } as const;
    const row = rowOf(listed('a.test', { state: 'held', reason }));
    expect(row).toMatchObject({ needsPerson: true, says: 'Start the web server' });
  });

  test('wants a person for an alert until it is acknowledged, and never for what is only to know', () => {
    const site = listed('a.test');
    const acknowledged = { at: updatedAt };
    expect(rowOf(site, { alerts: [anAlert('a.test')] }).needsPerson).toBe(true);
    expect(rowOf(site, { alerts: [anAlert('a.test', { acknowledged })] }).needsPerson).toBe(false);
    expect(rowOf(site, { alerts: [anAlert('a.test', { severity: 'info' })] }).needsPerson).toBe(false);
    expect(rowOf(site, { alerts: [anAlert('b.test')] }).needsPerson).toBe(false);
  });

  test('says of several alerts the first, and how many more there are', () => {
    const alerts = [anAlert('a.test'), anAlert('a.test', { message: 'Another' })];
    expect(rowOf(listed('a.test'), { alerts }).says).toBe('The certificate is not renewed (and 1 more)');
  });

  test('says what a site waits for, and wants a person where only one can go on', () => {
    const site = listed('a.test', { state: 'pending' });
    const view = (step: string) =>
      ({ ...site, waiting: [{ step, for: 'Enter the name servers', since: updatedAt }] }) as unknown as SiteView;
    expect(rowOf(site, { running: [view('CheckDelegation')] })).toMatchObject({
      says: 'Enter the name servers',
      needsPerson: true,
    });
    expect(rowOf(site, { running: [view('AwaitCertificate')] }).needsPerson).toBe(false);
  });

  test('does not know of a site that runs and was not looked at whether it wants a person, unless an alert says so', () => {
    const site = listed('a.test', { state: 'pending' });
    expect(rowOf(site).needsPerson).toBeUndefined();
    expect(rowOf(site, { alerts: [anAlert('a.test')] }).needsPerson).toBe(true);
  });

  test('takes the state of a site that was looked at after the list', () => {
    const site = listed('a.test', { state: 'pending' });
    const view = { ...site, state: 'live', updatedAt: '2026-11-30T12:05:00.000Z', waiting: [] } as unknown as SiteView;
    expect(rowOf(site, { running: [view] }).state).toBe('live');
    expect(rowOf({ ...site, updatedAt: '2026-11-30T12:06:00.000Z' }, { running: [view] }).state).toBe('pending');
  });

  test('shows the certificate that ends first of those that viewers see', () => {
    const certificates = [
      aCertificate('a.test', { daysLeft: 60 }),
      aCertificate('a.test', { daysLeft: 30, place: 'page' }),
      aCertificate('a.test', { daysLeft: 3, place: 'origin' }),
    ];
    expect(rowOf(listed('a.test'), { certificates }).certificate).toMatchObject({ daysLeft: 30 });
  });
});

describe('filtered()', () => {
  const rows = rowsOf({
    ...nothing,
    sites: [
      listed('b.test', { tenant: 'acme' }),
      listed('a.test', { state: 'held' }),
      listed('xn--bcher-kva.test', { updatedAt: '2026-11-30T13:00:00.000Z' }),
    ],
    certificates: [aCertificate('b.test', { daysLeft: 5 })],
  });
  const domains = (query: string) => filtered(rows, filterIn(query)).map(({ domain }) => domain);

  test('sorts by domain unless told otherwise', () => {
    expect(domains('')).toEqual(['a.test', 'b.test', 'xn--bcher-kva.test']);
    expect(domains('?sort=-domain')).toEqual(['xn--bcher-kva.test', 'b.test', 'a.test']);
  });

  test('sorts what has no certificate after all that have one', () => {
    expect(domains('?sort=certificate')).toEqual(['b.test', 'a.test', 'xn--bcher-kva.test']);
  });

  test('sorts by the last change', () => {
    expect(domains('?sort=-updated')[0]).toBe('xn--bcher-kva.test');
  });

  test('leaves the sites whose domain or tenant has every word', () => {
    expect(domains('?text=ACME%20test')).toEqual(['b.test']);
    expect(domains('?text=acme%20a.test')).toEqual([]);
  });

  test('finds a name as people write it', () => {
    expect(domains(`?text=${encodeURIComponent('Bücher.test')}`)).toEqual(['xn--bcher-kva.test']);
    for (const text of ['bücher', 'BÜCH', 'bu\u0308ch', 'xn--bcher'])
      expect(domains(`?text=${encodeURIComponent(text)}`)).toEqual(['xn--bcher-kva.test']);
  });

  test('leaves those in a state, and those that want a person', () => {
    expect(domains('?state=held')).toEqual(['a.test']);
    expect(domains('?needs-person')).toEqual(['a.test']);
  });

  test.each(['', 'text=shop&state=held&needs-person=&sort=-certificate', 'sort=-domain'])(
    'filterIn() reads back "%s" as queryOf() writes it',
    (query) => {
      expect(queryOf(filterIn(query)).toString()).toBe(query);
    },
  );

  test('takes an unknown state or order as none', () => {
    expect(filterIn('?state=lively&sort=colour')).toEqual(filterIn(''));
  });
});
