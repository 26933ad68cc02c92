import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { RecordChange } from '../../../domain/records/change.ts';
import { addressSet, aliasSets } from '../../../domain/records/desired.ts';
import { markerSet } from '../../../domain/records/marker.ts';
import { planRecords, planWildcardCopies } from '../../../domain/records/plan.ts';
import { aSet, aView } from '../../support/records.ts';

const name = 'shop.example.test';
const owner = { domain: name, stack: 'Nameplate' };
const desired = aliasSets(name, { zoneId: 'Z35SXDOTRQ7X7K', dnsName: 'np-1.us-east-1.elb.amazonaws.com' });
const [a, aaaa] = desired as [(typeof desired)[0], (typeof desired)[0]];
const marker = (generation: number) => markerSet(name, { ...owner, generation });
const inShort = (changes: RecordChange[]) => changes.map(({ verb, target }) => `${verb} ${target}`);

describe('planRecords()', () => {
  test('R29: creates A and AAAA together, with the marker', () => {
    expect(inShort(planRecords(aView(), { desired, owner }))).toEqual([
      `create ${name} A`,
      `create ${name} AAAA`,
      `create _nameplate.${name} TXT`,
    ]);
  });

  test('plans nothing when everything stands', () => {
    expect(planRecords(aView(a, aaaa, marker(1)), { desired, owner })).toEqual([]);
  });

  test('R8: names the exact value that it replaces, and moves the marker on', () => {
    const before = aSet(name, 'A', '203.0.113.7');
    const changes = planRecords(aView(before, aaaa, marker(4)), { desired, owner });
    expect(changes).toMatchObject([
      { verb: 'replace', before, after: a },
      { verb: 'replace', before: marker(4), after: marker(5) },
    ]);
  });

  test('A3: leads the records of an earlier version, without "dualstack.", to the name that has IPv6', () => {
    const bare = desired.map((set) => ({
      ...set,
      ...(set.alias && { alias: { ...set.alias, name: 'np-1.us-east-1.elb.amazonaws.com' } }),
    }));
    const changes = planRecords(aView(...bare, marker(4)), { desired, owner });
    expect(changes.map(({ message }) => message).slice(0, 2)).toEqual(
      ['A', 'AAAA'].map(
        (type) =>
          `Replace ${name} ${type} alias to np-1.us-east-1.elb.amazonaws.com by ${name} ${type} alias to dualstack.np-1.us-east-1.elb.amazonaws.com`,
      ),
    );
    expect(changes[0]?.before).toEqual(bare[0]);
    expect(planRecords(aView(...desired, marker(5)), { desired, owner })).toEqual([]);
  });

  test('R9: touches no record set twice in a batch, whatever stands at the names', () => {
    const names = [name, `www.${name}`];
    const wanted = names.flatMap((each) => aliasSets(each, { zoneId: 'ZELB', dnsName: 'np-1.elb.amazonaws.com' }));
    const standing = fc.subarray(
      names.flatMap((each) => [
        aSet(each, 'A', '203.0.113.7'),
        aSet(each, 'AAAA', '2001:db8::7'),
        aSet(each, 'CNAME', 'x.test.'),
        aSet(each, 'TXT', '"v=spf1 -all"'),
        markerSet(each, { ...owner, generation: 3 }),
      ]),
    );
    const above = fc.subarray([
      aSet('*.example.test', 'A', '203.0.113.9'),
      aSet('*.example.test', 'MX', '10 mx.test.'),
    ]);
    fc.assert(
      fc.property(standing, above, (sets, wildcards) => {
        const touched = planRecords(aView(...sets, ...wildcards), { desired: wanted, owner }).map(
          ({ target }) => target,
        );
        expect(new Set(touched).size).toBe(touched.length);
      }),
    );
  });

  test('R27: lets no alias judge the load balancer by its targets', () => {
    expect(desired.map(({ alias }) => alias?.evaluateTargetHealth)).toEqual([false, false]);
    const judging = desired.map((set) => ({
      ...set,
      ...(set.alias && { alias: { ...set.alias, evaluateTargetHealth: true } }),
    }));
    const changes = planRecords(aView(...judging, marker(1)), { desired, owner });
    expect(changes.slice(0, 2).map(({ after }) => after?.alias?.evaluateTargetHealth)).toEqual([false, false]);
  });

  test('R5: takes our CNAME away in the batch that makes the addresses', () => {
    const changes = planRecords(aView(aSet(name, 'CNAME', 'x.test.'), marker(1)), { desired, owner });
    expect(inShort(changes)).toEqual([
      `delete ${name} CNAME`,
      `create ${name} A`,
      `create ${name} AAAA`,
      `replace _nameplate.${name} TXT`,
    ]);
  });

  test('R6: adopts every foreign set of the name, and says so', () => {
    const blue = { ...aSet(name, 'A', '198.51.100.1'), setIdentifier: 'blue', routing: { Weight: 10 } };
    const green = { ...blue, values: ['198.51.100.2'], setIdentifier: 'green' };
    const changes = planRecords(aView(blue, green), { desired, owner });
    expect(changes).toMatchObject([
      { verb: 'delete', before: blue, message: expect.stringContaining('it was adopted') },
      { verb: 'delete', before: green, message: expect.stringContaining('it was adopted') },
      { verb: 'create', after: a },
      { verb: 'create', after: aaaa },
      { verb: 'create', after: marker(1) },
    ]);
  });

  test('marks a foreign record that already says what is declared', () => {
    expect(inShort(planRecords(aView(a, aaaa), { desired, owner }))).toEqual([`create _nameplate.${name} TXT`]);
  });

  test('leaves other types of the name alone', () => {
    const view = aView(aSet(name, 'MX', '10 mail.example.test.'), a, aaaa, marker(1));
    expect(planRecords(view, { desired, owner })).toEqual([]);
  });

  test('R31: keeps the mail that a wildcard gave to the name', () => {
    const view = aView(
      aSet('*.example.test', 'MX', '10 mail.example.test.'),
      aSet('*.example.test', 'A', '198.51.100.9'),
    );
    expect(inShort(planRecords(view, { desired: [addressSet(name, '203.0.113.7')], owner }))).toEqual([
      `create ${name} A`,
      `create ${name} MX`,
      `create _nameplate.${name} TXT`,
    ]);
  });

  test('plans each name with a marker of its own', () => {
    const both = [...desired, addressSet('direct.shop.example.test', '203.0.113.7')];
    expect(inShort(planRecords(aView(), { desired: both, owner }))).toEqual([
      `create ${name} A`,
      `create ${name} AAAA`,
      `create _nameplate.${name} TXT`,
      'create direct.shop.example.test A',
      'create _nameplate.direct.shop.example.test TXT',
    ]);
  });
});

describe('R31: planWildcardCopies()', () => {
  test('puts what the wildcard says under the name before anything below it comes into being', () => {
    const view = aView(aSet('*.example.test', 'A', '198.51.100.9'), aSet('*.example.test', 'TXT', '"v=spf1 -all"'));
    expect(planWildcardCopies(view, { names: [name], owner })).toMatchObject([
      { verb: 'create', after: { name, type: 'A', values: ['198.51.100.9'] } },
      { verb: 'create', after: { name, type: 'TXT', values: ['"v=spf1 -all"'] } },
      { verb: 'create', after: marker(1) },
    ]);
  });

  test('plans nothing where no wildcard answers', () => {
    expect(planWildcardCopies(aView(), { names: [name], owner })).toEqual([]);
  });
});
