import { describe, expect, test } from '@jest/globals';
import type { Answers, Entry, SeenEntry, Sighting } from '../../../domain/entries/entry.ts';
import { isAmong } from '../../../domain/entries/entry.ts';
import { isStanding, judgeEntry } from '../../../domain/entries/judge.ts';

const BALANCER = 'np-1.us-east-1.elb.amazonaws.com';
const leadsTo = ['203.0.113.1', '203.0.113.2', '2001:db8::1'];

const traffic: Entry = { name: 'shop.example.com', type: 'CNAME', values: [BALANCER], for: 'traffic' };
const apex: Entry = { ...traffic, name: 'example.com' };
const validation: Entry = {
  name: '_x.shop.example.com',
  type: 'CNAME',
  values: ['_y.acm-validations.aws'],
  for: 'validation',
};
const proof: Entry = {
  name: '_nameplate-challenge.shop.example.com',
  type: 'TXT',
  values: ['nameplate-challenge=abc'],
  for: 'ownership',
};

const said = (changes: Partial<Answers> = {}): Answers => ({
  server: 'ns1.other-dns.net',
  addresses: [],
  texts: [],
  ttlSeconds: 300,
  ...changes,
});
const judged = (entry: Entry, sighting: Partial<Sighting>): SeenEntry =>
  judgeEntry(entry, { zone: 'example.com', answers: [said()], ...sighting }, { leadsTo });
const atOnce = (entry: Entry, ...answers: Partial<Answers>[]): SeenEntry =>
  judged(entry, { answers: answers.map(said) });

describe('judgeEntry()', () => {
  test('says "seen" when every name server answers with it', () => {
    expect(atOnce(traffic, { cname: BALANCER }, { cname: BALANCER.toUpperCase() }).seen).toBe('seen');
    expect(atOnce(proof, { texts: ['v=spf1 -all', 'nameplate-challenge=abc'] }).seen).toBe('seen');
    expect(atOnce({ ...traffic, type: 'A', values: ['203.0.113.9'] }, { addresses: ['203.0.113.9'] }).seen).toBe(
      'seen',
    );
  });

  test('gives the TTL to enter a record with where nothing stands or it cannot be asked, and what may be remembered where something does', () => {
    expect(atOnce(validation, { ttlSeconds: 0 })).toMatchObject({ seen: 'missing', ttlSeconds: 300 });
    expect(judgeEntry(validation, { failure: 'no answer' }, { leadsTo })).toMatchObject({ ttlSeconds: 300 });
    expect(atOnce(traffic, { cname: BALANCER, ttlSeconds: 900 })).toMatchObject({ seen: 'seen', ttlSeconds: 900 });
  });

  test('takes a provider for right that answers with the addresses behind the name', () => {
    expect(atOnce(traffic, { addresses: ['203.0.113.2'] }).seen).toBe('seen');
    expect(atOnce(apex, { addresses: leadsTo })).toMatchObject({ seen: 'seen', type: 'ALIAS' });
  });

  test('takes CloudFront for right at whichever of its addresses a provider has found it, and no other address', () => {
    const entry: Entry = { ...apex, values: ['d111111abcdef8.cloudfront.net'] };
    expect(atOnce(entry, { addresses: ['13.225.1.7', '2600:9000:2490::1'] })).toMatchObject({
      seen: 'seen',
      type: 'ALIAS',
      note: expect.stringContaining('cannot lead to CloudFront, whose addresses differ from place to place'),
    });
    expect(atOnce(entry, { addresses: ['13.225.1.7', '198.51.100.9'] }).seen).toBe('wrong');
    expect(atOnce(apex, { addresses: ['13.225.1.7'] }).seen).toBe('wrong');
    expect(
      isStanding(entry, { zone: 'example.com', answers: [said({ addresses: ['13.225.1.7'] })] }, { leadsTo }),
    ).toBe(false);
  });

  test('tells of the origin name whom it leads where', () => {
    expect(atOnce({ ...traffic, for: 'origin' }, {}).note).toContain('Leads CloudFront to the load balancer');
  });

  test('C8: takes a chain of CNAMEs for right that ends at the load balancer', () => {
    const chain = { cname: 'lb.example.com', over: [`dualstack.${BALANCER}`] };
    expect(atOnce(traffic, chain).seen).toBe('seen');
    expect(atOnce(traffic, { ...chain, over: ['np-9.us-east-1.elb.amazonaws.com'] }).seen).toBe('wrong');
    expect(isStanding(traffic, { zone: 'example.com', answers: [said(chain)] }, { leadsTo: [] })).toBe(true);
  });

  test('C8: of an A record tells a stale AAAA beside it, a proxy, and what belongs at the apex in the place of a CNAME', () => {
    const direct: Entry = { ...traffic, type: 'A', values: ['203.0.113.9'] };
    expect(atOnce(direct, { addresses: ['203.0.113.9', '2001:db8:9::9'] })).toMatchObject({
      seen: 'wrong',
      hint: 'AAAA 2001:db8:9::9 leads elsewhere. Remove it; the other records are right',
    });
    expect(atOnce(direct, { addresses: ['104.16.1.1'] }).hint).toContain('Switch the proxy off');
    expect(atOnce(direct, { addresses: ['198.51.100.9'] }).hint).toContain('Replace that by');
    const hint = atOnce({ ...direct, name: 'example.com' }, { cname: 'x.example.com' }).hint;
    expect(hint).toMatch(/Remove it, and enter example\.com A 203\.0\.113\.9 instead$/);
  });

  test('C8: of an AAAA record takes that one address for right, and tells an A that leads elsewhere', () => {
    const direct: Entry = { ...traffic, type: 'AAAA', values: ['2001:db8::7'] };
    expect(atOnce(direct, { addresses: ['2001:db8::7'] })).toMatchObject({
      seen: 'seen',
      note: 'Leads to the instance or server itself',
    });
    expect(atOnce(direct, {}).seen).toBe('missing');
    expect(atOnce(direct, { addresses: ['203.0.113.9', '2001:db8::7'] }).hint).toBe(
      'A 203.0.113.9 leads elsewhere. Remove it; the other records are right',
    );
    expect(atOnce(direct, { addresses: ['203.0.113.9'] }).hint).toBe(
      'A 203.0.113.9 leads elsewhere. Remove it; then enter shop.example.com AAAA 2001:db8::7',
    );
    expect(atOnce(direct, { cname: BALANCER }).hint).toContain('Replace that by shop.example.com AAAA 2001:db8::7');
  });

  test('C8: tells an AAAA that was left from a proxy', () => {
    expect(atOnce(apex, { addresses: ['203.0.113.1', '2001:db8:9::9'] })).toMatchObject({
      seen: 'wrong',
      hint: 'AAAA 2001:db8:9::9 leads elsewhere. Remove it; the other records are right',
    });
    const only = atOnce(traffic, { addresses: ['2001:db8:9::9'] });
    expect(only.hint).toBe(
      `AAAA 2001:db8:9::9 leads elsewhere. Remove it; then enter shop.example.com CNAME ${BALANCER}`,
    );
  });

  test('A3: takes a CNAME to the load balancer for right by either of its names', () => {
    const entered: Entry = { ...traffic, values: [`dualstack.${BALANCER}`] };
    const named = [BALANCER, `dualstack.${BALANCER}`, `DualStack.${BALANCER.toUpperCase()}`];
    expect(named.map((cname) => [atOnce(traffic, { cname }).seen, atOnce(entered, { cname }).seen])).toEqual(
      named.map(() => ['seen', 'seen']),
    );
    expect(atOnce(entered, { cname: `${BALANCER}.example.com` })).toMatchObject({
      seen: 'wrong',
      hint: expect.stringContaining(`Enter it as "dualstack.${BALANCER}."`),
    });
    expect(isAmong([entered], traffic)).toBe(true);
  });

  test('S15: waits for the last name server, and names it', () => {
    expect(atOnce(proof, { texts: ['nameplate-challenge=abc'] }, { server: 'ns2.other-dns.net' })).toMatchObject({
      seen: 'missing',
      hint: expect.stringContaining('ns2.other-dns.net'),
    });
  });

  test('says "missing", without a hint, where nothing stands', () => {
    const entry = atOnce(validation, {});
    expect(entry.seen).toBe('missing');
    expect(entry.hint).toBeUndefined();
  });

  test('A12: knows the record by which the zone was appended to a whole name', () => {
    const answers = [said()];
    expect(judged(validation, { answers, doubled: said({ cname: '_y.acm-validations.aws' }) })).toMatchObject({
      seen: 'wrong',
      found: ['_x.shop.example.com.example.com CNAME _y.acm-validations.aws'],
      hint: 'It stands at "_x.shop.example.com.example.com": your provider appends "example.com" to what is typed in. Enter the name as "_x.shop"',
    });
    const both = said({ cname: '_y.acm-validations.aws.example.com' });
    expect(judged(validation, { answers, doubled: both }).hint).toContain('and the value as "_y.acm-validations.aws."');
  });

  test('A12: knows a value to which the zone was appended', () => {
    expect(atOnce(validation, { cname: '_y.acm-validations.aws.example.com' })).toMatchObject({
      seen: 'wrong',
      hint: expect.stringContaining('Enter it as "_y.acm-validations.aws."'),
    });
  });

  test('knows a trailing dot that was kept as a letter', () => {
    expect(atOnce(validation, { cname: '_y.acm-validations.aws.' })).toMatchObject({
      seen: 'wrong',
      hint: expect.stringContaining('Enter it without: "_y.acm-validations.aws"'),
    });
  });

  test('R4: calls a CNAME at the apex wrong, wherever it leads', () => {
    expect(atOnce(apex, { cname: BALANCER })).toMatchObject({
      seen: 'wrong',
      hint: expect.stringContaining('use ALIAS, ANAME or CNAME flattening instead'),
    });
  });

  test('R4: says at the apex what to use, and what plain addresses are worth', () => {
    expect(atOnce(apex, {}).note).toMatch(/ALIAS, ANAME.*A records to 203\.0\.113\.1, 203\.0\.113\.2 work until AWS/);
  });

  test('names the proxy that answers with addresses of its own', () => {
    expect(atOnce(traffic, { addresses: ['104.21.3.4'] })).toMatchObject({
      seen: 'wrong',
      found: ['A 104.21.3.4'],
      hint: expect.stringContaining('Cloudflare answers with addresses of its own'),
    });
    expect(atOnce(validation, { addresses: ['198.51.100.80'] }).hint).toContain('your provider proxies the name');
  });

  test.each(['"nameplate-challenge=abc"', ' nameplate-challenge=abc ', '“nameplate-challenge=abc”'])(
    'knows quotes and blanks that do not belong to the text: %s',
    (text) => {
      expect(atOnce(proof, { texts: [text] })).toMatchObject({
        seen: 'wrong',
        hint: expect.stringContaining('quotes or blanks'),
      });
    },
  );

  test("S2: does not take another claimant's token", () => {
    expect(atOnce(proof, { texts: ['nameplate-challenge=xyz'] })).toMatchObject({
      seen: 'wrong',
      hint: expect.stringContaining('of another claim'),
    });
  });

  test('is not taken in by a wildcard', () => {
    const wild = said({ addresses: ['203.0.113.77'] });
    expect(judged(traffic, { answers: [wild], beside: wild })).toMatchObject({
      seen: 'missing',
      hint: expect.stringContaining('Only a wildcard answers for "shop.example.com"'),
    });
  });

  test('R31: has the name above a record of its own first, where the record would silence its wildcard', () => {
    const sighting = { zone: 'example.com', answers: [said()], silenced: 'shop.example.com' };
    const hint = (refusesForeign: boolean) => judgeEntry(proof, sighting, { leadsTo, refusesForeign }).hint;
    expect(hint(false)).toMatch(
      /Give "shop.example.com" the wildcard's records of its own first, then enter this one$/,
    );
    // Where the site's records are ours to write, those would be in its way.
    expect(hint(true)).toMatch(/cancel its operation if it runs, then declare it with "adopt": true/);
  });

  test('says what stands there instead, and by what to replace it', () => {
    expect(atOnce(traffic, { cname: 'old.example.net' })).toMatchObject({
      seen: 'wrong',
      found: ['CNAME old.example.net'],
      hint: `"shop.example.com" answers with CNAME old.example.net instead. Replace that by shop.example.com CNAME ${BALANCER}`,
    });
  });

  test('never calls silence an absence', () => {
    expect(judgeEntry(proof, { failure: 'no answer' }, { leadsTo: [] })).toMatchObject({ seen: 'unchecked' });
  });

  test('S10: shows what comes from outside as one harmless line', () => {
    expect(atOnce(proof, { texts: ['\u001b[31mred\r\n'] }).found).toEqual(['TXT \\u{1b}[31mred\\u{d}\\u{a}']);
  });
});

describe('isStanding()', () => {
  const stands = (...answers: Partial<Answers>[]) =>
    isStanding(traffic, { zone: 'example.com', answers: answers.map(said) }, { leadsTo });

  test('S1: says yes while one name server still leads to the site', () => {
    expect(stands({}, { cname: BALANCER })).toBe(true);
    expect(stands({ addresses: ['203.0.113.8', '203.0.113.1'] })).toBe(true);
  });

  test('says no once it leads elsewhere', () => {
    expect(stands({ cname: 'old.example.net' })).toBe(false);
    expect(stands({ addresses: ['203.0.113.8'] }, {})).toBe(false);
  });
});
