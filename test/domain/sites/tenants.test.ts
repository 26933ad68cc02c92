import { describe, expect, test } from '@jest/globals';
import { declareSite } from '../../../domain/sites/declare-site.ts';
import { kindOf, whyNotClaimed } from '../../../domain/sites/name-holder.ts';
import { expectedProblem } from '../../../domain/sites/tenant.ts';

const document = (tenant: unknown) => ({
  domain: 'shop.example.com',
  origin: { instance: { id: 'i-0123456789abcdef0' } },
  tenant,
});

describe('a tenant', () => {
  test.each(['acme', 'A-1', 'customer_42', '7', 'a.b', 'x'.repeat(63)])('may be called "%s"', (tenant) => {
    expect(declareSite(document(tenant)).site?.tenant).toBe(tenant);
  });

  test.each(['', ' acme', '-acme', 'a b', 'acme\n', 'ac\u200bme', 'café', 'x'.repeat(64), 7, null])(
    'may not be called %j',
    (tenant) => {
      expect(declareSite(document(tenant)).errors).toMatchObject([{ pointer: '#/tenant' }]);
    },
  );

  test('B4: is the expected one of the request, where that names one', () => {
    expect(expectedProblem('acme', undefined)).toEqual([]);
    expect(expectedProblem('acme', 'acme')).toEqual([]);
    for (const declared of ['globex', undefined]) {
      expect(expectedProblem(declared, 'acme')).toMatchObject([{ pointer: '#/tenant' }]);
    }
  });
});

describe('whyNotClaimed()', () => {
  test('C8: does not advise a site to leave out its own domain', () => {
    const holder = { name: 'shop.example.com', domain: 'shop.example.com' };
    expect(whyNotClaimed({ name: 'shop.example.com' }, holder)).toMatch(
      /leave it out here, or take that site back \(undo it, or, while its operation runs, cancel it and have it undone\)/,
    );
  });

  const wanted = { name: 'shop.example.com', tenant: 'acme' };
  const held = (name: string, tenant = 'globex') => ({ name, domain: 'secret.example.net', tenant });

  test.each([
    ['shop.example.com', 'name-taken', 'another tenant has it'],
    ['example.com', 'name-overlaps', 'it lies below "example.com", which another tenant has'],
    ['deep.shop.example.com', 'name-overlaps', '"deep.shop.example.com" lies below it, and another tenant has that'],
  ])('S2: names "%s" of another tenant, and nothing else of it', (name, kind, why) => {
    expect(kindOf(wanted, held(name))).toBe(kind);
    const said = whyNotClaimed(wanted, held(name));
    expect(said).toContain(why);
    expect(said).not.toMatch(/globex|secret/);
  });

  test('names the other site of the same tenant', () => {
    expect(whyNotClaimed(wanted, held('shop.example.com', 'acme'))).toContain('the site "secret.example.net"');
  });
});
