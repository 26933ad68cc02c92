import { describe, expect, test } from '@jest/globals';
import { movesOriginName, originConnection, originMoveProblem } from '../../../domain/edges/cdn-origin.ts';
import { certifiedNames, edgeOf, recordsOf } from '../../../domain/edges/edge.ts';
import type { DeclaredOrigin } from '../../../domain/origins/origin.ts';
import { declareSite } from '../../../domain/sites/declare-site.ts';
import { aCdn, aSite } from '../../support/site.ts';

const domain = 'shop.example.test';
const originName = `origin.${domain}`;
const LOAD_BALANCER = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/theirs/0123456789abcdef';
const server = (where: object, port = 443): DeclaredOrigin =>
  ({ server: { ...where, port, healthPath: '/' } }) as DeclaredOrigin;
const address = '198.51.100.7';
const joined: DeclaredOrigin = { loadBalancer: LOAD_BALANCER, healthPath: '/' };
const behind = (origin?: DeclaredOrigin, cdn = aCdn()) => aSite({ edge: 'cdn', cdn, ...(origin && { origin }) });

describe('a server behind CloudFront', () => {
  const site = behind(server({ address }));

  test('needs no load balancer and no certificate but that of viewers', () => {
    expect(edgeOf(site).resources(site)).toEqual(['validation record', 'viewer certificate', 'distribution', 'alias']);
    expect(certifiedNames(site)).not.toContain(originName);
    expect(edgeOf(site).listeners(site)).toBeUndefined();
  });

  test.each([
    [{ address }, { to: 'origin', types: ['A'] }],
    [{ address: '2001:db8::7' }, { to: 'origin', types: ['AAAA'] }],
    [{ name: 'vm.example.net' }, { to: 'origin', types: [] }],
  ])('is led to by its origin name: %p', (where, led) => {
    expect(recordsOf(behind(server(where)))).toContainEqual({ name: originName, ...led });
  });

  test('is asked on its own port, over the addresses that it has', () => {
    expect(originConnection({ origin: server({ address }, 8443) })).toEqual({ port: 8443, addresses: 'ipv4' });
    expect(originConnection({ origin: server({ address: '2001:db8::7' }) })).toEqual({ port: 443, addresses: 'ipv6' });
    expect(originConnection({ origin: server({ name: 'vm.example.net' }) }).addresses).toBe('ipv4');
  });
});

test('a load balancer that exists serves a certificate of ours behind CloudFront, and gets no lock', () => {
  const site = behind(joined);
  expect(edgeOf(site).resources(site)).toEqual([
    'certificate',
    'validation record',
    'listener certificate',
    'host rule',
    'viewer certificate',
    'distribution',
    'alias',
  ]);
  expect(certifiedNames(site)).toContain(originName);
  expect(recordsOf(site)).toContainEqual({ name: originName, to: 'load balancer', types: ['A'] });
});

describe('what a document may say of an origin behind CloudFront', () => {
  const refused = (document: object) =>
    declareSite({ domain, edge: 'cdn', ...document }).errors?.map(({ pointer, detail }) => `${pointer}: ${detail}`);
  const at = (where: object) => ({ server: where });

  test.each([
    [
      'the port of plain HTTP',
      { origin: at({ address, port: 80 }) },
      /server\/port: .*the port of plain HTTP; declare/,
    ],
    [
      'a port that CloudFront connects to on no origin',
      { origin: at({ address, port: 465 }) },
      /no other port below 1024/,
    ],
    [
      'subnets',
      { origin: at({ address }), subnets: ['subnet-0a', 'subnet-0b'].map((id) => `${id}1234567`) },
      /#\/subnets/,
    ],
    [
      'a lock of what is not ours',
      { origin: { loadBalancer: LOAD_BALANCER }, cdn: { lock: true } },
      /cdn\/lock: .*prefix list/,
    ],
    [
      'a direct name of a load balancer',
      { origin: { loadBalancer: LOAD_BALANCER }, directName: `d.${domain}` },
      /directName/,
    ],
    ['a server known by the origin name', { origin: at({ name: originName }) }, /it is the origin name/],
    ['a server known by a name of viewers', { origin: at({ name: domain }) }, /would lead to itself/],
  ])('not %s', (_, document, sentence) => {
    expect(refused(document)?.join()).toMatch(sentence);
  });

  test('a port of HTTPS, and a lock by the server itself, which is off where nothing is said', () => {
    const declared = (cdn?: object, origin: object = at({ address, port: 1024 })) =>
      declareSite({ domain, edge: 'cdn', origin, ...(cdn && { cdn }) }).site?.cdn?.lock;
    expect(declared()).toBe(false);
    expect(declared({ lock: true })).toBe(true);
    expect(declared(undefined, { loadBalancer: LOAD_BALANCER })).toBe(false);
    expect(declared(undefined, { instance: { id: 'i-0123456789abcdef0' } })).toBe(true);
  });

  test('up to 10 names for viewers: the origin name of a server is on no certificate of ours', () => {
    const aliases = Array.from({ length: 9 }, (_, place) => `a${place}.${domain}`);
    expect(refused({ origin: at({ address }), aliases })).toBeUndefined();
    expect(refused({ origin: { loadBalancer: LOAD_BALANCER }, aliases })?.join()).toContain('origin name');
  });
});

describe('a change of the origin under the same name', () => {
  const live = behind();

  test.each([
    ['to a server', behind(server({ address })), true],
    ['to a load balancer that exists', behind(joined), true],
    [
      'to another instance behind the same load balancer',
      behind({ instance: { id: 'i-1', port: 80, healthPath: '/' } }),
      false,
    ],
    [
      'to a server under another name',
      behind(server({ address }), { ...aCdn(), originName: 'to.example.test' }),
      false,
    ],
  ])('%s moves its record: %s', (_, site, moves) => {
    expect(movesOriginName(site, live)).toBe(moves);
    expect(originMoveProblem(site, live)).toBeUndefined();
  });

  test('is refused where the port changes as well, or the addresses do: DNS and CloudFront change at different times', () => {
    expect(originMoveProblem(behind(server({ address }, 8443)), live)).toMatch(
      /from port 443 of the load balancer to port 8443 of the server 198.51.100.7 without failed requests.*"originName": "to-/,
    );
    expect(originMoveProblem(behind(server({ address: '2001:db8::7' })), live)).toContain('over IPv6');
    expect(originMoveProblem(behind(server({ address }, 8443)), behind(server({ address })))).toBeUndefined();
  });
});
