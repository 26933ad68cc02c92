import { describe, expect, test } from '@jest/globals';
import type { Reply } from '../../../local/dns/record.ts';
import { anAuthority, aSet, aZone } from './zone-builder.ts';

const zone = aZone('example.test', {
  'example.test': [aSet('NS', 'ns.example.test'), aSet('A', '203.0.113.1')],
  'ns.example.test': [aSet('A', '192.0.2.1')],
  'www.example.test': [aSet('CNAME', 'example.test')],
  'away.example.test': [aSet('CNAME', 'shop.example.com')],
  'lost.example.test': [aSet('CNAME', 'nowhere.example.test')],
  'loop.example.test': [aSet('CNAME', 'pool.example.test')],
  'pool.example.test': [aSet('CNAME', 'loop.example.test')],
  '*.wild.example.test': [aSet('A', '203.0.113.2'), aSet('TXT', ['a', 'b'])],
  '_acme.www.wild.example.test': [aSet('CNAME', 'validate.example.com')],
  '*.cname.example.test': [aSet('CNAME', 'example.test')],
  'child.example.test': [
    aSet('NS', 'ns.child.example.test', 'ns.example.com'),
    aSet('DS', { keyTag: 1, algorithm: 13, digestType: 2, digest: Buffer.alloc(32) }),
  ],
  'ns.child.example.test': [aSet('A', '192.0.2.9')],
});
const server = anAuthority(zone);

/** What the reply says, in one line a record. */
function said(reply: Reply): string[] {
  const line = ({ name, type, data }: Reply['answers'][number]) =>
    `${name} ${type} ${typeof data === 'string' ? data : ''}`.trim();
  return [...reply.answers.map(line), ...reply.authorities.map((record) => `authority ${line(record)}`)];
}

describe('answers', () => {
  test('a record that stands there', () => {
    const reply = server.answer({ name: 'example.test', type: 'A' });
    expect(reply).toMatchObject({ rcode: 'NOERROR', authoritative: true });
    expect(said(reply)).toEqual(['example.test A 203.0.113.1']);
  });

  test('the name goes back in the case it came in (0x20)', () => {
    expect(said(server.answer({ name: 'eXAMPLE.tEST', type: 'A' }))).toEqual(['eXAMPLE.tEST A 203.0.113.1']);
  });

  test('a type that does not stand there: NODATA, with the SOA and the TTL of RFC 2308', () => {
    const reply = server.answer({ name: 'example.test', type: 'AAAA' });
    expect(reply).toMatchObject({ rcode: 'NOERROR', answers: [], authorities: [{ type: 'SOA', ttl: 60 }] });
  });

  test('a name that does not exist: NXDOMAIN', () => {
    const reply = server.answer({ name: 'nowhere.example.test', type: 'A' });
    expect(reply).toMatchObject({ rcode: 'NXDOMAIN', authoritative: true, authorities: [{ type: 'SOA' }] });
  });

  test('a zone that is not served here: REFUSED', () => {
    expect(server.answer({ name: 'example.com', type: 'A' })).toMatchObject({ rcode: 'REFUSED', answers: [] });
  });

  test('ANY gives all there is', () => {
    expect(said(server.answer({ name: 'example.test', type: 'ANY' })).map((line) => line.split(' ')[1])).toEqual([
      'NS',
      'A',
      'SOA',
    ]);
  });
});

describe('CNAMEs', () => {
  test('are followed inside the zone', () => {
    expect(said(server.answer({ name: 'www.example.test', type: 'A' }))).toEqual([
      'www.example.test CNAME example.test',
      'example.test A 203.0.113.1',
    ]);
  });

  test('are answered as they are when they are asked for', () => {
    expect(said(server.answer({ name: 'www.example.test', type: 'CNAME' }))).toEqual([
      'www.example.test CNAME example.test',
    ]);
  });

  test('that lead out of the zone are left to the resolver', () => {
    const reply = server.answer({ name: 'away.example.test', type: 'A' });
    expect(reply.rcode).toBe('NOERROR');
    expect(said(reply)).toEqual(['away.example.test CNAME shop.example.com']);
  });

  test("that lead to nothing: the rcode is the last name's (RFC 6604)", () => {
    const reply = server.answer({ name: 'lost.example.test', type: 'A' });
    expect(reply.rcode).toBe('NXDOMAIN');
    expect(said(reply)).toEqual(['lost.example.test CNAME nowhere.example.test', 'authority example.test SOA']);
  });

  test('that lead in a circle end', () => {
    expect(server.answer({ name: 'loop.example.test', type: 'A' }).answers).toHaveLength(2);
  });
});

describe('wildcards and empty non-terminals', () => {
  test('a wildcard answers for what does not exist below it, at any depth', () => {
    expect(said(server.answer({ name: 'a.wild.example.test', type: 'A' }))).toEqual([
      'a.wild.example.test A 203.0.113.2',
    ]);
    expect(said(server.answer({ name: 'b.a.wild.example.test', type: 'A' }))).toEqual([
      'b.a.wild.example.test A 203.0.113.2',
    ]);
  });

  test('a wildcard without the type: NODATA', () => {
    expect(server.answer({ name: 'a.wild.example.test', type: 'MX' })).toMatchObject({ rcode: 'NOERROR', answers: [] });
  });

  test('finding 1: a record below a name takes the wildcard away from that name', () => {
    expect(server.answer({ name: 'www.wild.example.test', type: 'A' })).toMatchObject({
      rcode: 'NOERROR',
      answers: [],
    });
  });

  test('finding 1: and from everything else below it', () => {
    expect(server.answer({ name: 'other.www.wild.example.test', type: 'A' })).toMatchObject({ rcode: 'NXDOMAIN' });
  });

  test('R31: the wildcard answers again once the record below is gone', () => {
    const own = aZone('example.test', {
      '*.example.test': [aSet('A', '203.0.113.2')],
      '_x.www.example.test': [aSet('CNAME', 'v.example.com')],
    });
    expect(anAuthority(own).answer({ name: 'www.example.test', type: 'A' }).answers).toEqual([]);
    own.remove('_x.www.example.test', 'CNAME');
    expect(anAuthority(own).answer({ name: 'www.example.test', type: 'A' }).answers).toHaveLength(1);
  });

  test('a wildcard does not answer for its own parent', () => {
    expect(server.answer({ name: 'wild.example.test', type: 'A' })).toMatchObject({ rcode: 'NOERROR', answers: [] });
  });

  test('the wildcard itself can be asked for', () => {
    expect(said(server.answer({ name: '*.wild.example.test', type: 'A' }))).toEqual([
      '*.wild.example.test A 203.0.113.2',
    ]);
  });

  test('a wildcard CNAME is followed', () => {
    expect(said(server.answer({ name: 'x.cname.example.test', type: 'A' }))).toEqual([
      'x.cname.example.test CNAME example.test',
      'example.test A 203.0.113.1',
    ]);
  });
});

describe('delegation', () => {
  test('a name below a cut is referred, with the addresses that are known, and without authority', () => {
    const reply = server.answer({ name: 'deep.child.example.test', type: 'A' });
    expect(reply).toMatchObject({ rcode: 'NOERROR', authoritative: false, answers: [] });
    expect(said(reply)).toEqual([
      'authority child.example.test NS ns.child.example.test',
      'authority child.example.test NS ns.example.com',
      'authority child.example.test DS',
    ]);
    expect(reply.additionals).toMatchObject([{ name: 'ns.child.example.test', type: 'A', data: '192.0.2.9' }]);
  });

  test('the cut itself is referred as well, whatever is asked but its DS', () => {
    expect(server.answer({ name: 'child.example.test', type: 'NS' })).toMatchObject({
      authoritative: false,
      answers: [],
    });
    expect(server.answer({ name: 'child.example.test', type: 'DS' })).toMatchObject({
      authoritative: true,
      answers: [{ type: 'DS' }],
    });
  });

  test('a server of parent and child answers from the child, and the DS from the parent', () => {
    const both = anAuthority(zone, aZone('child.example.test', { 'child.example.test': [aSet('A', '203.0.113.9')] }));
    expect(both.answer({ name: 'child.example.test', type: 'A' })).toMatchObject({
      authoritative: true,
      answers: [{ data: '203.0.113.9' }],
    });
    expect(both.answer({ name: 'child.example.test', type: 'DS' })).toMatchObject({ answers: [{ type: 'DS' }] });
  });
});

describe('zones come and go', () => {
  test('a zone is served once and no longer when it is taken away', () => {
    const own = anAuthority();
    const stop = own.host(zone);
    expect(() => own.host(zone)).toThrow('Cannot serve zone "example.test": it is served already');
    stop();
    expect(own.answer({ name: 'example.test', type: 'A' }).rcode).toBe('REFUSED');
  });

  test('a record outside of its zone is refused', () => {
    expect(() => zone.put('example.com', aSet('A', '203.0.113.1'))).toThrow('it lies outside');
  });
});
