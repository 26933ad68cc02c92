import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Answer } from 'dns-packet';
import { codesOf, delegatingTo, holding, NAME, Practice } from '../../support/doctor.ts';
import { a, cname, type NameServer, ns, soa } from '../../support/name-servers.ts';

let practice: Practice;
beforeAll(async () => {
  practice = await Practice.open();
});
afterAll(() => practice.close());

const HERE = ['9.9.9.9'];
const refused: NameServer = () => ({ rcode: 'REFUSED', authoritative: false });

describe('the delegation', () => {
  test('Z1: of a domain that the registry does not have', async () => {
    const { findings, verdict } = await practice.report({
      top: () => ({ rcode: 'NXDOMAIN', authorities: [soa('test')] }),
    });
    expect(findings).toMatchObject([
      { code: 'notDelegated', message: '"example.test" is not registered, or has no name servers' },
    ]);
    expect(verdict).toBe('findings');
  });

  test('to name servers that do not know the zone', async () => {
    const report = await practice.report({ records: refused });
    expect(codesOf(report)).toEqual(['nameServersLame']);
    expect(report.findings[0]?.evidence).toEqual(['ns.example.test answers REFUSED without authority']);
  });

  test('S1: to Route 53 name servers that have no such zone, which another customer can create there', async () => {
    const server = 'ns-7.awsdns-01.com';
    const report = await practice.report({
      root: ({ name }) => (name === server ? { answers: [a(server, '9.9.8.1')] } : undefined),
      top: delegatingTo({ [server]: '9.9.8.1' }),
      others: { '9.9.8.1': refused },
    });
    expect(codesOf(report)).toEqual(['delegationClaimable']);
  });

  test('to name servers some of which do not know the zone', async () => {
    const { findings } = await practice.report({
      top: delegatingTo({ 'ns.example.test': '9.9.9.3', 'old.example.test': '9.9.8.1' }),
      records: holding(HERE, ({ name, type }) =>
        name === 'example.test' && type === 'NS'
          ? { answers: [ns(name, 'ns.example.test'), ns(name, 'old.example.test')] }
          : name === 'old.example.test' && type === 'A'
            ? { answers: [a(name, '9.9.8.1')] }
            : undefined,
      ),
      others: { '9.9.8.1': refused },
    });
    expect(findings).toMatchObject([{ code: 'someNameServersLame', severity: 'warning' }]);
    expect(findings[0]?.fix).toContain('old.example.test');
  });

  test('that the zone itself tells otherwise', async () => {
    const { findings } = await practice.report({
      records: holding(HERE, ({ name, type }) =>
        name === 'example.test' && type === 'NS'
          ? { answers: [ns(name, 'ns.example.test'), ns(name, 'ns2.example.test')] }
          : undefined,
      ),
    });
    expect(findings).toMatchObject([
      { code: 'delegationMismatch', evidence: ['only "example.test" itself names ns2.example.test'] },
    ]);
  });

  test('to name servers that disagree about the name', async () => {
    const { findings } = await practice.report({
      top: delegatingTo({ 'ns.example.test': '9.9.9.3', 'ns2.example.test': '9.9.8.1' }),
      records: holding(HERE, both),
      others: { '9.9.8.1': holding([], both) },
    });
    expect(findings).toMatchObject([{ code: 'nameServersDisagree' }]);
  });
});

const both: NameServer = ({ name, type }) =>
  name === 'example.test' && type === 'NS'
    ? { answers: [ns(name, 'ns.example.test'), ns(name, 'ns2.example.test')] }
    : type === 'A' && /^ns2?\.example\.test$/.test(name)
      ? { answers: [a(name, name.startsWith('ns2') ? '9.9.8.1' : '9.9.9.3')] }
      : undefined;

describe('R17: DNSSEC', () => {
  const key = Buffer.from('a key of 32 bytes for algorithm 13');
  const dnskey: Answer = { type: 'DNSKEY', name: 'example.test', ttl: 60, data: { flags: 257, algorithm: 13, key } };
  const wire = Buffer.concat([Buffer.from('\x07example\x04test\x00'), Buffer.from([1, 1, 3, 13]), key]);
  const ds = (digest: Buffer): Answer => ({
    type: 'DS',
    name: 'example.test',
    ttl: 60,
    data: { keyTag: 1, algorithm: 13, digestType: 2, digest },
  });
  const right = ds(createHash('sha256').update(wire).digest());
  const wrong = ds(createHash('sha256').update('another').digest());
  const world = (above: Answer[], keys: Answer[]) => ({
    top: delegatingTo({ 'ns.example.test': '9.9.9.3' }, ({ name, type }) =>
      name === 'example.test' && type === 'DS' && above.length > 0 ? { answers: above } : undefined,
    ),
    records: holding(HERE, ({ name, type }) =>
      name === 'example.test' && type === 'DNSKEY' && keys.length > 0 ? { answers: keys } : undefined,
    ),
  });

  test.each([
    ['a DS record above a zone that is not signed', [right], [], ['dnssecUnsigned']],
    ['a DS record of another key', [wrong], [dnskey], ['dnssecKeyMissing']],
    ['a DS record of a former key beside that of the present one', [wrong, right], [dnskey], []],
    ['the DS record of the key', [right], [dnskey], []],
    ['a signed zone without a DS record', [], [dnskey], ['dnssecNoDs']],
  ])('%s', async (_, above, keys, codes) => {
    expect(codesOf(await practice.report(world(above, keys)))).toEqual(codes);
  });
});

/** A critical CAA record, with a tag that dns-packet's types don't have. */
const caaOf = (name: string, tag: string): Answer =>
  ({ type: 'CAA', name, ttl: 60, data: { issuerCritical: true, flags: 128, tag, value: 'x' } }) as unknown as Answer;

describe('CAA', () => {
  test('A6: that is not answered', async () => {
    const report = await practice.report({
      records: holding(HERE, ({ type }) => (type === 'CAA' ? { rcode: 'SERVFAIL' } : undefined)),
    });
    expect(codesOf(report)).toEqual(['caaNotAnswered']);
  });

  test('A5: with a critical tag that authorities do not know', async () => {
    const report = await practice.report({
      records: holding(HERE, ({ name, type }) =>
        type === 'CAA' && name === 'example.test'
          ? {
              answers: [caaOf(name, 'strange')],
            }
          : undefined,
      ),
    });
    expect(codesOf(report)).toEqual(['caaCriticalUnknown']);
  });
});

describe('the name', () => {
  test('that the zone does not have', async () => {
    const report = await practice.report({}, { name: 'nothing.example.test' });
    expect(codesOf(report)).toEqual(['nameNotFound']);
  });

  test('without an address', async () => {
    expect(codesOf(await practice.report({ records: holding([]) }))).toEqual(['noAddress']);
  });

  const leadingTo = (
    target: string,
    there: NameServer = () => ({ rcode: 'NXDOMAIN', authorities: [soa('test')] }),
  ) => ({
    top: delegatingTo({ 'ns.example.test': '9.9.9.3' }, (question) =>
      question.name === target ? there(question) : undefined,
    ),
    records: holding([], ({ name, type }) =>
      name === NAME && (type === 'A' || type === 'AAAA') ? { answers: [cname(NAME, target)] } : undefined,
    ),
  });

  test('S1: whose CNAME leads to a name that does not exist', async () => {
    const { findings } = await practice.report(leadingTo('gone.elsewhere.test'));
    expect(findings).toMatchObject([
      { code: 'cnameDangling', evidence: [`${NAME} -> gone.elsewhere.test`, expect.anything()] },
    ]);
  });

  test('whose CNAMEs lead in a circle', async () => {
    const report = await practice.report({
      records: holding([], ({ name }) =>
        name === NAME || name === 'other.example.test'
          ? { answers: [cname(name, name === NAME ? 'other.example.test' : NAME)] }
          : undefined,
      ),
    });
    expect(codesOf(report)).toEqual(['cnameLoop']);
  });

  test('S4: with a private address beside a public one: it is named, and not connected to', async () => {
    const report = await practice.report({ records: holding(['9.9.9.9', '10.0.0.7']) });
    expect(codesOf(report)).toEqual(['addressNotPublic']);
    expect(practice.connected.filter((to) => to.startsWith('10.'))).toEqual([]);
    const only = await practice.report({ records: holding(['169.254.169.254']) });
    expect(only).toMatchObject({ verdict: 'findings', findings: [{ code: 'addressNotPublic' }] });
  });

  test('B8: with more addresses than are looked at', async () => {
    const many = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`9.9.7.${at + 1}`, 'ecdsa256' as const]));
    const seen = await practice.look({ servers: many });
    expect(seen.endpoints).toHaveLength(16);
    expect(seen.leftOut).toBe(4);
  });
});

test('where no root name server answers nothing is said about the name', async () => {
  const report = await practice.report({}, { dns: { roots: ['9.9.1.1'] } });
  expect(report).toMatchObject({ verdict: 'notChecked', findings: [], passed: [] });
});
