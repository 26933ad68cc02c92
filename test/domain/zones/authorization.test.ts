import { describe, expect, test } from '@jest/globals';
import { authorizationProblem, climb } from '../../../domain/zones/authorization.ts';

const name = 'shop.example.test';
const issue = (value: string, tag = 'issue', critical = false) => ({ tag, value, critical });
const set = (...properties: ReturnType<typeof issue>[]) => ({ at: 'example.test', properties });

describe('authorizationProblem()', () => {
  test('lets everybody issue where there is no CAA record, or none about issuing', () => {
    expect(authorizationProblem(name, undefined)).toBeUndefined();
    expect(authorizationProblem(name, set(issue('mailto:me@example.test', 'iodef')))).toBeUndefined();
    expect(authorizationProblem(name, set(issue('', 'issuemail')))).toBeUndefined();
  });

  test.each(['amazon.com', 'amazontrust.com', 'awstrust.com', 'amazonaws.com', ' Amazon.com ; account=1'])(
    'lets ACM issue when "%s" may',
    (value) => {
      expect(authorizationProblem(name, set(issue('letsencrypt.org'), issue(value)))).toBeUndefined();
    },
  );

  test('A5: says which record to add when another authority alone may issue', () => {
    expect(authorizationProblem(name, set(issue('letsencrypt.org')))).toBe(
      'Cannot get a certificate for "shop.example.test": the CAA records of "example.test" allow "letsencrypt.org" only. Add the record example.test CAA 0 issue "amazon.com", then declare the site again',
    );
  });

  test('C8: names the target of a CNAME, beside which no CAA record can be set, and what can be done', () => {
    const led = { at: name, properties: [issue('letsencrypt.org')], target: 'shop.provider.test', aliased: true };
    expect(authorizationProblem(name, led)).toBe(
      'Cannot get a certificate for "shop.example.test": the CAA records of "shop.provider.test", which "shop.example.test" leads to by a CNAME, allow "letsencrypt.org" only. No CAA record can be set beside a CNAME: have the administrator of "shop.provider.test" add the record shop.provider.test CAA 0 issue "amazon.com", or replace the CNAME of "shop.example.test" by A and AAAA records, so that the CAA records of the names above count, then declare the site again',
    );
    const critical = { ...led, properties: [issue('x', 'tbs', true)] };
    expect(authorizationProblem(name, critical)).toMatch(/administrator of "shop\.provider\.test" remove that record/);
  });

  test('C8: of a top-level domain, whose records nobody but its registry sets, the name itself overrides them', () => {
    const top = { at: 'test', properties: [issue('letsencrypt.org')] };
    expect(authorizationProblem('*.example.test', top)).toContain(
      'Add the record example.test CAA 0 issue "amazon.com"',
    );
    expect(authorizationProblem(name, { ...top, aliased: true })).toContain('Add the record test CAA');
  });

  test('A5: takes ";" for nobody', () => {
    expect(authorizationProblem(name, set(issue(';')))).toContain('CAA 0 issue "amazon.com"');
  });

  test('A6: minds "issuewild" for a wildcard only', () => {
    const strict = set(issue('amazon.com'), issue(';', 'issuewild'));
    expect(authorizationProblem(name, strict)).toBeUndefined();
    expect(authorizationProblem('*.example.test', strict)).toContain('CAA 0 issuewild "amazon.com"');
    expect(authorizationProblem('*.example.test', set(issue('amazon.com')))).toBeUndefined();
  });

  test('A5: does not pass a critical record that nobody knows', () => {
    expect(authorizationProblem(name, set(issue('amazon.com'), issue('x', 'tbs', true)))).toContain('the tag "tbs"');
    expect(authorizationProblem(name, set(issue('amazon.com', 'issue', true)))).toBeUndefined();
  });
});

test('climb() goes from the name to the top, and from a wildcard to what it stands under', () => {
  expect(climb('www.shop.example.test')).toEqual(['www.shop.example.test', name, 'example.test', 'test']);
  expect(climb('*.example.test')).toEqual(['example.test', 'test']);
});
