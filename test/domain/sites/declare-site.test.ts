import { describe, expect, test } from '@jest/globals';
import { declareSite } from '../../../domain/sites/declare-site.ts';
import { aSite } from '../../support/site.ts';

const secret = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:shop-a1B2c3';

const instance = { id: 'i-0123456789abcdef0' };

/** A document that is right, with changes. */
function declaring(changes: object = {}) {
  return declareSite({ domain: 'shop.example.test', origin: { instance }, ...changes });
}

describe('declareSite()', () => {
  test('fills in what is left out', () => {
    expect(declaring()).toEqual({ site: aSite({ aliases: [] }) });
  });

  test('takes a document with everything in it', () => {
    const site = {
      domain: 'shop.example.test',
      aliases: ['www.shop.example.test'],
      origin: { instance: { id: 'i-01234567', port: 8080, healthPath: '/health?deep=1' } },
      edge: 'load-balancer',
      http: 'reject',
      access: ['203.0.113.0/24', '2001:db8::/32'],
      directName: 'direct.shop.example.test',
      subnets: ['subnet-01234567', 'subnet-0123456789abcdef0'],
    };
    expect(declareSite(site)).toEqual({ site });
  });

  test('keeps names as A-labels and blocks in their one spelling', () => {
    const { site } = declaring({
      domain: 'Bücher.Example.',
      aliases: ['WWW.bücher.example'],
      access: ['2001:DB8:0::/32'],
    });
    expect(site).toMatchObject({
      domain: 'xn--bcher-kva.example',
      aliases: ['www.xn--bcher-kva.example'],
      access: ['2001:db8::/32'],
    });
  });

  test.each([
    [219, undefined],
    [220, '#/aliases/0'],
  ])('takes an alias of %i characters only while the validation record fits below it', (length, refusedAt) => {
    const alias = `${'a'.repeat(length - 191)}.${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.example`;
    const [error] = declaring({ aliases: [alias] }).errors ?? [];
    expect(alias).toHaveLength(length);
    expect(error?.pointer).toBe(refusedAt);
    if (error) expect(error.detail).toContain("219 is the most below which ACM's validation record still fits");
    expect(declaring({ aliases: [alias], edge: 'direct' }).errors).toBeUndefined();
  });

  test('refuses a domain that does not fit into the owner marker of its records', () => {
    const domain = `${'a'.repeat(62)}.example.test`;
    const [error] = declaring({ domain: `a${domain}`, edge: 'direct' }).errors ?? [];
    expect(error).toMatchObject({ pointer: '#/domain', detail: expect.stringContaining('75 is the most that fits') });
    expect(declaring({ domain, edge: 'direct' }).site).toMatchObject({ domain });
  });

  test('takes its own answer again and makes the same of it', () => {
    const { site } = declaring({ edge: 'direct', aliases: ['www.shop.example.test'] });
    expect(declareSite(site)).toEqual({ site });
  });

  test.each([
    [null, '#', 'Must be an object, not null'],
    [[], '#', 'Must be an object, not a list'],
    ['shop.example.test', '#', 'Must be an object, not "shop.example.test"'],
    [42, '#', 'Must be an object, not 42'],
  ])('refuses a document that is %j', (document, pointer, detail) => {
    expect(declareSite(document).errors).toEqual([{ pointer, detail }]);
  });

  test.each([
    [{ domain: undefined }, '#/domain', 'Is missing: must be a string'],
    [{ domain: 42 }, '#/domain', 'Must be a string, not 42'],
    [{ domain: 'co.uk' }, '#/domain', /^Cannot use "co.uk": it is a public suffix/],
    [{ aliases: 'www.shop.example.test' }, '#/aliases', 'Must be a list, not "www.shop.example.test"'],
    [{ aliases: null }, '#/aliases', 'Must be a list, not null'],
    [{ aliases: ['a.example', '*.a.example'] }, '#/aliases/1', /wildcards are not supported/],
    [{ aliases: Array(100).fill('a.example') }, '#/aliases', 'Must have at most 99 entries'],
    [{ origin: undefined }, '#/origin', 'Is missing: must be an object'],
    [{ origin: {} }, '#/origin/instance', 'Is missing: must be an object'],
    [{ origin: { instance: { id: 'i-123' } } }, '#/origin/instance/id', /^Must be the id of an EC2 instance/],
    [{ origin: { instance: { ...instance, port: 0 } } }, '#/origin/instance/port', 'Must be at least 1'],
    [{ origin: { instance: { ...instance, port: 65_536 } } }, '#/origin/instance/port', 'Must be at most 65535'],
    [{ origin: { instance: { ...instance, port: 1e99 } } }, '#/origin/instance/port', 'Must be at most 65535'],
    [
      { origin: { instance: { ...instance, port: 80.5 } } },
      '#/origin/instance/port',
      'Must be a whole number, not 80.5',
    ],
    [{ origin: { instance: { ...instance, port: '80' } } }, '#/origin/instance/port', 'Must be a number, not "80"'],
    [
      { origin: { instance: { ...instance, healthPath: 'health' } } },
      '#/origin/instance/healthPath',
      /begins with "\/"/,
    ],
    [{ origin: { instance: { ...instance, healthPath: '/a b' } } }, '#/origin/instance/healthPath', /visible ASCII/],
    [{ origin: { instance, port: 80 } }, '#/origin/port', /^Is not a field/],
    [{ edge: 'proxy' }, '#/edge', 'Must be "load-balancer", "cdn" or "direct", not "proxy"'],
    [{ http: true }, '#/http', 'Must be "redirect" or "reject", not true'],
    [{ access: [] }, '#/access', 'Must have at least 1 entry'],
    [{ access: ['10.1.2.3/8'] }, '#/access/0', /give "10.0.0.0\/8"/],
    [{ access: Array.from({ length: 31 }, (_, n) => `10.0.0.${n}/32`) }, '#/access', 'Must have at most 30 entries'],
    [{ directName: 'direct' }, '#/directName', /single label/],
    [{ subnets: ['subnet-01234567'] }, '#/subnets', 'Must have at least 2 entries'],
    [{ subnets: ['subnet-01234567', 'vpc-01234567'] }, '#/subnets/1', /^Must be the id of a subnet/],
    [
      { certificate: { arn: 'arn:aws:iam::123456789012:server-certificate/a' } },
      '#/certificate/arn',
      /^Must be the ARN/,
    ],
    [{ certificate: {} }, '#/certificate', /^Must name a certificate of ACM \(arn\) or a secret \(imported\)/],
    [
      {
        certificate: {
          arn: `arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef`,
          imported: { secret },
        },
      },
      '#/certificate',
      'Must have "arn" or "imported", not both',
    ],
    [{ certificate: { imported: {} } }, '#/certificate/imported/secret', 'Is missing: must be a string'],
    [
      { certificate: { imported: { secret: secret.slice(0, -7) } } },
      '#/certificate/imported/secret',
      /^Must be the whole ARN of a secret/,
    ],
    [{ alias: [] }, '#/alias', /^Is not a field/],
    [{ 'a/b~c%': 1 }, '#/a~1b~0c%25', /^Is not a field/],
  ])('refuses %j and points at it', (changes, pointer, detail) => {
    expect(declaring(changes).errors).toEqual([
      { pointer, detail: typeof detail === 'string' ? detail : expect.stringMatching(detail) },
    ]);
  });

  test('refuses a field named "__proto__" like any other', () => {
    const document = JSON.parse(
      '{"__proto__":{"edge":"direct"},"domain":"shop.example.test","origin":{"instance":{"id":"i-01234567"}}}',
    );
    expect(declareSite(document).errors?.map(({ pointer }) => pointer)).toEqual(['#/__proto__']);
  });

  test('collects everything that is wrong, not only the first', () => {
    const { errors = [] } = declareSite({
      domain: 'localhost',
      aliases: ['www.a.example', 'http://b.example/', 'www.a.example'],
      origin: { instance: { id: 'web-1', port: 0 } },
      edge: 'direct',
      access: ['203.0.113.0/24'],
      colour: 'blue',
    });
    expect(errors.map(({ pointer }) => pointer)).toEqual([
      '#/domain',
      '#/aliases/1',
      '#/origin/instance/id',
      '#/origin/instance/port',
      '#/colour',
      '#/access',
    ]);
  });
});

describe('the fields of a site among one another', () => {
  const pointers = (changes: object) => declaring(changes).errors?.map(({ pointer }) => pointer);

  test('an alias may not be the domain, in whatever spelling', () => {
    expect(pointers({ aliases: ['www.example.test', 'SHOP.example.test.'] })).toEqual(['#/aliases/1']);
  });

  test('an alias may not stand twice', () => {
    expect(pointers({ aliases: ['www.example.test', 'a.example.test', 'www.example.test'] })).toEqual(['#/aliases/2']);
  });

  test('the direct name may be none of the names', () => {
    expect(pointers({ directName: 'shop.example.test' })).toEqual(['#/directName']);
    expect(pointers({ aliases: ['a.example.test'], directName: 'a.example.test' })).toEqual(['#/directName']);
  });

  test('A9: a certificate takes ten names, and an edge without one takes more', () => {
    const aliases = (count: number) => Array.from({ length: count }, (_, n) => `n${n}.example.test`);
    expect(pointers({ aliases: aliases(9) })).toBeUndefined();
    expect(declaring({ aliases: aliases(10) }).errors).toEqual([
      {
        pointer: '#/aliases',
        detail: expect.stringMatching(/^Cannot put 11 names on one certificate: 10 is the most/),
      },
    ]);
    expect(pointers({ aliases: aliases(10), edge: 'direct' })).toBeUndefined();
  });

  test('the first name of a certificate has at most 64 characters', () => {
    const named = (characters: number) =>
      `${'a'.repeat(40)}.${'b'.repeat(characters - 41 - '.example'.length)}.example`;
    expect(named(64)).toHaveLength(64);
    expect(pointers({ domain: named(64) })).toBeUndefined();
    expect(pointers({ domain: named(65) })).toEqual(['#/domain']);
    expect(pointers({ domain: named(65), edge: 'direct' })).toBeUndefined();
    expect(pointers({ aliases: [named(65)] })).toBeUndefined();
  });

  test('a block or a subnet may not stand twice', () => {
    expect(pointers({ access: ['::/0', '0::/0'] })).toEqual(['#/access/1']);
    expect(pointers({ subnets: ['subnet-01234567', 'subnet-01234567'] })).toEqual(['#/subnets/1']);
  });

  test('the direct edge takes nothing that only a load balancer can do', () => {
    const subnets = ['subnet-01234567', 'subnet-89abcdef'];
    expect(pointers({ edge: 'direct', http: 'reject', access: ['10.0.0.0/8'], subnets })).toEqual([
      '#/http',
      '#/access',
      '#/subnets',
    ]);
    expect(pointers({ edge: 'direct', http: 'redirect', access: ['::/0', '0.0.0.0/0'] })).toBeUndefined();
  });
});

describe('certificate "export"', () => {
  const server = { address: '198.51.100.7' };
  const exported = (changes: object = {}) =>
    declareSite({
      domain: 'shop.example.test',
      origin: { server },
      edge: 'direct',
      certificate: 'export',
      ...changes,
    });

  test('is for a server with edge "direct" on port 443, or behind CloudFront', () => {
    expect(exported().site).toMatchObject({ certificate: 'export' });
    expect(exported({ edge: 'cdn', origin: { server: { ...server, port: 8443 } } }).errors).toBeUndefined();
  });

  test.each([
    ['an instance behind CloudFront', { origin: { instance }, edge: 'cdn' }, 'ACM gives load balancers'],
    ['an instance', { origin: { instance }, edge: 'load-balancer' }, 'ACM gives load balancers'],
    ['an instance itself', { origin: { instance } }, 'ACM gives load balancers'],
    ['a private server', { origin: { server: { address: '10.0.0.7' } }, edge: 'cdn' }, 'ACM gives load balancers'],
    ['a server on a port with plain HTTP', { origin: { server: { ...server, port: 8080 } } }, 'listens on port 8080'],
  ])('is refused for %s, in one sentence', (_, changes, words) => {
    const errors = exported(changes).errors?.filter(({ pointer }) => pointer === '#/certificate') ?? [];
    expect(errors).toHaveLength(1);
    expect(errors[0]?.detail).toContain(words);
  });

  test('has at most as many names as ACM puts on one certificate, the first of them 64 characters long', () => {
    const aliases = Array.from({ length: 10 }, (_, n) => `n${n}.example.test`);
    expect(exported({ aliases }).errors?.[0]).toMatchObject({ pointer: '#/aliases' });
    const long = `${'a'.repeat(60)}.example.test`;
    expect(exported({ domain: long }).errors?.[0]).toMatchObject({ pointer: '#/domain' });
    expect(exported({ edge: 'cdn', cdn: { host: 'origin', originName: long } }).errors?.[0]).toMatchObject({
      pointer: '#/cdn/originName',
    });
  });
});

describe('certificate "acme"', () => {
  const server = { address: '198.51.100.7' };
  const byAcme = (changes: object = {}) =>
    declareSite({
      domain: 'shop.example.test',
      origin: { server },
      edge: 'direct',
      certificate: 'acme',
      ...changes,
    });

  test('is for a server with edge "direct" on port 443', () => {
    expect(byAcme().site).toMatchObject({ certificate: 'acme', origin: { server: { port: 443 } } });
  });

  test('is for a server behind CloudFront, on any port that CloudFront asks', () => {
    expect(byAcme({ edge: 'cdn', origin: { server: { ...server, port: 8443 } } }).errors).toBeUndefined();
  });

  test.each([
    ['an instance behind CloudFront', { origin: { instance }, edge: 'cdn' }, 'cannot be attached'],
    ['an instance', { origin: { instance } }, 'cannot be attached to a load balancer or to CloudFront'],
    ['a load balancer', { origin: { instance }, edge: 'load-balancer' }, 'cannot be attached to a load balancer'],
    ['a server on a port with plain HTTP', { origin: { server: { ...server, port: 8080 } } }, 'listens on port 8080'],
  ])('is refused for %s, in one sentence', (_, changes, words) => {
    const errors = byAcme(changes).errors?.filter(({ pointer }) => pointer === '#/certificate') ?? [];
    expect(errors).toHaveLength(1);
    expect(errors[0]?.detail).toContain(words);
  });

  test('needs room for all names in the policy of a role', () => {
    const aliases = Array.from(
      { length: 60 },
      (_, n) => `${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(50)}.n${n}.example`,
    );
    const { errors = [] } = byAcme({ aliases });
    expect(errors.map(({ pointer }) => pointer)).toEqual(['#/aliases']);
    expect(errors[0]?.detail).toContain('the policy of a role has room for');
  });

  test('needs room for the validation record of every name', () => {
    const alias = `${'a'.repeat(29)}.${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.example`;
    expect(byAcme({ aliases: [alias] }).errors?.[0]).toMatchObject({ pointer: '#/aliases/0' });
  });
});
