import { describe, expect, test } from '@jest/globals';
import { isUsable, validationRecords } from '../../../domain/certificates/certificate.ts';
import { certificateRequest } from '../../../domain/certificates/request.ts';

const names = ['shop.example.test', 'www.shop.example.test'];
const record = (domain: string) => ({ domain, name: `_a.${domain}.`, value: '_b.acm-validations.aws.' });

describe('A1: validationRecords()', () => {
  test('waits until every name has its record', () => {
    expect(validationRecords({ names, validation: [] })).toEqual({ missing: names });
    const half = [{ domain: names[0] as string, record: record('shop.example.test') }, { domain: names[1] as string }];
    expect(validationRecords({ names, validation: half })).toEqual({ missing: ['www.shop.example.test'] });
  });

  test('gives them in the order of the names', () => {
    const validation = names.toReversed().map((domain) => ({ domain, record: record(domain) }));
    expect(validationRecords({ names, validation })).toEqual({ records: names.map(record) });
  });
});

describe('isUsable()', () => {
  test.each(['ISSUED', 'PENDING_VALIDATION'])('takes a certificate for the same names that is %s', (status) => {
    expect(isUsable({ status, names: names.toReversed() }, names)).toBe(true);
  });

  test.each(['FAILED', 'VALIDATION_TIMED_OUT', 'EXPIRED', 'REVOKED', 'INACTIVE'])(
    'does not take one that is %s',
    (status) => {
      expect(isUsable({ status, names }, names)).toBe(false);
    },
  );

  test('does not take one for fewer or more names', () => {
    expect(isUsable({ status: 'ISSUED', names: names.slice(1) }, names)).toBe(false);
    expect(isUsable({ status: 'ISSUED', names: [...names, 'more.example.test'] }, names)).toBe(false);
  });
});

describe('A3: certificateRequest()', () => {
  test('derives the same token from the same names and generation, another from others', () => {
    const token = (list: string[], revision: number, request = 1) =>
      certificateRequest(list, { revision, request }).token;
    expect(token(names, 1)).toMatch(/^\w{32}$/);
    expect(token(names, 1)).toBe(token([...names], 1));
    expect(new Set([token(names, 1), token(names, 2), token(names, 1, 2), token(names.slice(1), 1)]).size).toBe(4);
  });
});
