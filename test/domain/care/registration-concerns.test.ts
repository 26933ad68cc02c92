import { describe, expect, test } from '@jest/globals';
import { rdapBase, rdapExpiration } from '../../../domain/care/rdap.ts';
import { registrationConcern } from '../../../domain/care/registration-concerns.ts';

const DAY_MS = 86_400_000;
const end = Date.parse('2027-06-01T00:00:00Z');

/** The concern with so many days left. */
const at = (days: number, more: { renewsItself?: boolean } = {}) =>
  registrationConcern(
    { domain: 'example.test', expiresAt: new Date(end).toISOString(), source: 'https://rdap.nic.test/', ...more },
    { area: 'registration', now: new Date(end - days * DAY_MS) },
  );

describe('registrationConcern()', () => {
  test('tells each of its stages, the last week as an error, and the end itself', () => {
    const days = [61, 60, 31, 30, 15, 7, 3, 1, 0];
    expect(days.map((left) => at(left)?.stage)).toEqual([undefined, 1, 1, 2, 3, 4, 5, 6, 6]);
    expect([at(15)?.severity, at(7)?.severity]).toEqual(['warning', 'error']);
    expect(at(-1)?.message).toBe('The registration of "example.test" ended at 2027-06-01 00:00 UTC');
    expect(at(30)).toMatchObject({ code: 'registrationExpiring', subject: 'example.test', isCertain: true });
  });

  test('says nothing of one that is renewed by itself until that has failed', () => {
    expect([8, 7, 3, 1].map((left) => at(left, { renewsItself: true })?.stage)).toEqual([undefined, 1, 2, 3]);
    expect(at(7, { renewsItself: true })?.fix).toContain('billing');
  });
});

describe('rdapBase()', () => {
  const services = [
    [
      ['com', 'net'],
      ['http://plain.test/', 'https://rdap.verisign.test/com/v1'],
    ],
    [['co.uk'], ['https://rdap.co-uk.test/']],
    [['uk'], ['https://rdap.nominet.test/uk/']],
    [['old'], ['http://rdap.old.test/']],
  ];

  test.each([
    ['example.com', 'https://rdap.verisign.test/com/v1/'],
    ['example.co.uk', 'https://rdap.co-uk.test/'],
    ['example.uk', 'https://rdap.nominet.test/uk/'],
    ['example.old', undefined],
    ['example.de', undefined],
  ])('finds for %s, by the longest match and over https alone, %s', (domain, base) => {
    expect(rdapBase({ version: '1.0', services }, domain)).toBe(base);
  });

  test.each([undefined, null, 'text', { services: 'text' }, { services: [null, ['com'], [['com'], [1]]] }])(
    'finds nothing in %j',
    (file) => {
      expect(rdapBase(file, 'example.com')).toBeUndefined();
    },
  );
});

test.each([
  [{ events: [{ eventAction: 'registration', eventDate: '2001-01-01T00:00:00Z' }] }, undefined],
  [{ events: [{ eventAction: 'expiration', eventDate: '2027-06-01T02:00:00+02:00' }] }, '2027-06-01T00:00:00.000Z'],
  [{ events: [{ eventAction: 'expiration', eventDate: 'soon' }] }, undefined],
  [{ events: [null, 7] }, undefined],
  [null, undefined],
])('rdapExpiration() of %j is %s', (answer, expected) => {
  expect(rdapExpiration(answer)).toBe(expected);
});
