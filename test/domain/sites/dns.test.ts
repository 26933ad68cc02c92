import { describe, expect, test } from '@jest/globals';
import { declareSite } from '../../../domain/sites/declare-site.ts';
import { isExternal, needsChallenge, roleOf } from '../../../domain/sites/dns.ts';
import { zoneProblems } from '../../../domain/sites/zone-checks.ts';
import { aSite } from '../../support/site.ts';

const role = 'arn:aws:iam::210987654321:role/nameplate-dns';
const dns = { role, externalId: 'ours' };
const declared = (given: unknown) =>
  declareSite({ domain: 'shop.example.com', origin: { instance: { id: 'i-0123456789abcdef0' } }, dns: given });

describe('dns', () => {
  test.each([
    [undefined, { external: false, challenge: false, role: undefined }],
    ['route53' as const, { external: false, challenge: false, role: undefined }],
    ['external' as const, { external: true, challenge: true, role: undefined }],
    [dns, { external: false, challenge: true, role: dns }],
  ])('%j says where the records are kept and what proves the name', (kept, expected) => {
    const site = { dns: kept };
    expect({ external: isExternal(site), challenge: needsChallenge(site), role: roleOf(site) }).toEqual(expected);
  });

  test.each(['route53', 'external', { role }, dns])('is declared as %j', (given) => {
    expect(declared(given).site?.dns).toEqual(given);
  });

  test.each([
    ['cloudflare', '#/dns', 'Must be "route53" or "external", not "cloudflare"'],
    [{ ...dns, account: '1' }, '#/dns/account', 'Is not a field here'],
    [{ ...dns, role: 'arn:aws:iam::210987654321:role/admin' }, '#/dns/role', 'whose name begins with "nameplate-"'],
    [
      { ...dns, role: 'arn:aws:iam::210987654321:role/team/nameplate-dns' },
      '#/dns/role',
      'Nameplate may take no other',
    ],
    [{ ...dns, externalId: 7 }, '#/dns/externalId', 'Must be a string'],
  ])('S13: refuses %j and points at %s', (given, pointer, detail) => {
    expect(declared(given).errors).toEqual([{ pointer, detail: expect.stringContaining(detail) }]);
  });
});

test("zoneProblems() says that no zone is made in somebody else's account", () => {
  expect(zoneProblems(aSite({ dns }), [])).toEqual([
    { pointer: '#/domain', detail: expect.stringContaining('its account has no public hosted zone for it') },
  ]);
  expect(zoneProblems(aSite({ dns }), [{ id: 'Z1', name: 'example.test' }])).toEqual([]);
});
