import { describe, expect, test } from '@jest/globals';
import type { Alert } from '../../../domain/care/alert.ts';
import { mayRepair, repairOf } from '../../../domain/care/repair.ts';
import type { Change } from '../../../domain/changes/change.ts';

const HOUR = 3_600_000;
const now = new Date('2027-01-01T12:00:00Z');
const anAlert = (changes: Partial<Alert> = {}): Alert => ({
  id: '0123456789ab-shop.example.test',
  domain: 'shop.example.test',
  siteCreatedAt: '',
  state: 'open',
  code: 'validationRecordMissing',
  subject: 'arn',
  area: 'certificates',
  severity: 'warning',
  message: '',
  evidence: [],
  fix: '',
  isOurs: true,
  seenAt: '',
  raisedAt: '',
  version: 1,
  ...changes,
});
const drift = (code: Alert['code'] = 'resourceMissing'): Alert => {
  const { isOurs: _, ...alert } = anAlert({ code });
  return alert;
};
const kindsOf = (alerts: Alert[], site: Parameters<typeof repairOf>[1] = {}) => repairOf(alerts, site, now).kinds;

describe('what is put back of a site', () => {
  test('a validation record of ours in any case, and not what others have changed', () => {
    expect(kindsOf([anAlert(), drift()])).toEqual(['validation']);
    expect(kindsOf([drift()])).toEqual([]);
    expect(kindsOf([drift()], { drift: 'report' })).toEqual([]);
  });

  test('all of it by the choice of the document', () => {
    for (const code of ['resourceMissing', 'healthCheckNotReady', 'healthCheckAlarmNotReady'] as const)
      expect(kindsOf([drift(code)], { drift: 'repair' })).toEqual(['all']);
    const { isOurs: _, ...fromOutside } = anAlert({ code: 'portRefused' });
    expect(kindsOf([fromOutside], { drift: 'repair' })).toEqual([]);
  });

  test('nothing that is suspected or resolved', () => {
    expect(kindsOf([anAlert({ state: 'suspected' }), anAlert({ state: 'resolved' })])).toEqual([]);
  });

  test('once in six hours: another tool may remove it as often', () => {
    const tried = (hours: number) => anAlert({ repairedAt: new Date(now.getTime() - hours * HOUR).toISOString() });
    expect(kindsOf([tried(5)])).toEqual([]);
    expect(kindsOf([tried(6)])).toEqual(['validation']);
  });

  test('the certificate of a secret is looked for at each look', () => {
    expect(kindsOf([], { certificate: { imported: { secret: 'arn' } } })).toEqual(['import']);
    expect(kindsOf([], { certificate: { arn: 'arn' } })).toEqual([]);
  });
});

describe('an operation that nobody has asked for begins', () => {
  const change = (
    changes: Partial<Omit<Change, 'resource'>> & { type: Change['resource']['type']; name?: string },
  ): Change => {
    const { type, name = 'x', ...others } = changes;
    return { verb: 'create', phase: 'prepare', resource: { type, name }, message: '', ...others };
  };
  const validation = change({ type: 'record', name: '_x.shop.example.test CNAME' });
  const others = [
    change({ type: 'record', name: 'shop.example.test A', phase: 'shift' }),
    change({ type: 'record', name: '_x.shop.example.test CNAME', phase: 'release', verb: 'delete' }),
    change({ type: 'listener' }),
  ];

  test('where it does nothing else', () => {
    expect(mayRepair([validation], ['validation'])).toBe(true);
    for (const other of others) expect(mayRepair([validation, other], ['validation'])).toBe(false);
    expect(mayRepair([validation, ...others], ['all'])).toBe(true);
  });

  test('to import a certificate under its ARN, and not to let another one take its place', () => {
    expect(mayRepair([change({ type: 'certificate', verb: 'update' })], ['import'])).toBe(true);
    expect(mayRepair([change({ type: 'certificate' })], ['import'])).toBe(false);
    expect(mayRepair([change({ type: 'certificate', verb: 'update' }), validation], ['import', 'validation'])).toBe(
      true,
    );
  });
});
