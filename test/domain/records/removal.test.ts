import { describe, expect, test } from '@jest/globals';
import { markerSet } from '../../../domain/records/marker.ts';
import type { RecordSet } from '../../../domain/records/record-set.ts';
import { planRemoval, type Removal } from '../../../domain/records/removal.ts';
import { aSet, aView } from '../../support/records.ts';

const name = 'shop.example.test';
const owner = { domain: name, stack: 'Nameplate' };
const marker = markerSet(name, { ...owner, generation: 3 });
const ours = aSet(name, 'A', '203.0.113.7');
const validation = aSet(`_x.${name}`, 'CNAME', '_y.acm-validations.aws');
const wildcard = aSet('*.example.test', 'A', '203.0.113.99');

const removal = (changes: Partial<Removal> = {}): Removal => ({
  names: [name],
  owner,
  written: [ours],
  former: [],
  expected: () => [],
  leadsToOurs: ({ values }) => values.includes('203.0.113.7'),
  ...changes,
});
const verbs = (changes: { verb: string; target: string }[]) => changes.map(({ verb, target }) => `${verb} ${target}`);

describe('planRemoval()', () => {
  test('deletes exactly what was written, and the marker, and nothing beside it', () => {
    const { changes, left, dangling } = planRemoval(aView(ours, marker, aSet(name, 'MX', '10 mail.test')), removal());
    expect(verbs(changes)).toEqual([`delete ${name} A`, `delete _nameplate.${name} TXT`]);
    expect(changes[0]?.before).toEqual(ours);
    expect([left, dangling]).toEqual([[], []]);
  });

  test('R7: has nothing to do where all is gone', () => {
    expect(planRemoval(aView(), removal()).changes).toEqual([]);
  });

  test('R8: leaves what somebody has pointed elsewhere, and says so', () => {
    const theirs = aSet(name, 'A', '203.0.113.200');
    const { changes, left } = planRemoval(aView(theirs, marker), removal());
    expect(verbs(changes)).toEqual([`delete _nameplate.${name} TXT`]);
    expect(left).toEqual([{ set: theirs, why: 'it was changed since by another tool or person' }]);
  });

  test('S1: names a record that would dangle, changed or not marked as ours', () => {
    const changed: RecordSet = { ...ours, ttlSeconds: 5 };
    expect(planRemoval(aView(changed, marker), removal()).dangling).toHaveLength(1);
    expect(planRemoval(aView(ours), removal()).dangling).toEqual([
      {
        set: ours,
        message: expect.stringContaining('is not marked as ours, and leads to what would be removed'),
      },
    ]);
  });

  test.each([
    ['written bare, found bare', 'np.elb.test', 'np.elb.test'],
    ['written bare, found with the prefix', 'np.elb.test', 'dualstack.np.elb.test'],
    ['written with the prefix, found bare', 'dualstack.np.elb.test', 'NP.elb.test.'],
  ])('A3: takes an alias to the load balancer by either of its names: %s', (_, before, found) => {
    const alias = (to: string): RecordSet => ({
      name,
      type: 'AAAA',
      values: [],
      alias: { zoneId: 'Z', name: to, evaluateTargetHealth: false },
    });
    const { changes, left, dangling } = planRemoval(
      aView(alias(found), marker),
      removal({ written: [alias(before)], leadsToOurs: () => true }),
    );
    expect(verbs(changes)).toEqual([`delete ${name} AAAA`, `delete _nameplate.${name} TXT`]);
    expect(changes[0]?.before).toEqual(alias(found));
    expect([left, dangling]).toEqual([[], []]);
  });

  test('W7: takes what a worker wrote that died before it told', () => {
    const { changes } = planRemoval(aView(ours, marker), removal({ written: [], expected: () => [ours] }));
    expect(changes).toHaveLength(2);
  });

  test('R31: gives a name back to the wildcard while a validation record below keeps it in being', () => {
    const view = aView(ours, marker, validation, wildcard);
    const { changes } = planRemoval(view, removal({ written: [ours, validation] }));
    expect(verbs(changes)).toEqual([`replace ${name} A`, `replace _nameplate.${name} TXT`]);
    expect(changes[0]?.after?.values).toEqual(wildcard.values);
    expect(changes[1]?.after?.values[0]).toContain('generation=4');
  });

  test('R31: gives a name back to the wildcard while a validation record of a name above it takes it from the wildcard', () => {
    const [direct, leads] = [`direct.${name}`, aSet(`direct.${name}`, 'A', '203.0.113.7')];
    const view = aView(ours, marker, validation, leads, markerSet(direct, { ...owner, generation: 1 }), wildcard);
    const { changes } = planRemoval(view, removal({ names: [name, direct], written: [ours, leads, validation] }));
    const back = changes.filter(({ after }) => after?.name === direct);
    expect(back.map(({ after }) => after?.values)).toEqual([wildcard.values]);
    const below = aSet(`*.${name}`, 'A', '203.0.113.98');
    const still = planRemoval(aView(...view.sets, below), removal({ names: [direct], written: [leads, validation] }));
    expect(verbs(still.changes)).toEqual([`delete ${direct} A`, `delete _nameplate.${direct} TXT`]);
  });

  test('R31: gives no name back to a wildcard that what was adopted above it takes it from again', () => {
    const [direct, leads] = [`direct.${name}`, aSet(`direct.${name}`, 'A', '203.0.113.7')];
    const view = aView(ours, marker, validation, leads, markerSet(direct, { ...owner, generation: 1 }), wildcard);
    const former = [aSet(name, 'A', '198.51.100.1')];
    const { changes } = planRemoval(
      view,
      removal({ names: [name, direct], written: [ours, leads, validation], former }),
    );
    expect(verbs(changes.filter(({ target }) => target.includes(direct)))).toEqual([
      `delete ${direct} A`,
      `delete _nameplate.${direct} TXT`,
    ]);
  });

  describe('of what was adopted', () => {
    const routing = { Weight: 10, HealthCheckId: 'b7' };
    const blue: RecordSet = { ...aSet(name, 'A', '198.51.100.1'), setIdentifier: 'blue', routing };
    const green: RecordSet = { ...blue, values: ['198.51.100.2'], setIdentifier: 'green' };
    const mail = aSet(name, 'MX', '10 mail.example.test.');

    test('puts back in the same batch what stood there, every set of it', () => {
      const plan = planRemoval(aView(ours, marker), removal({ former: [blue, green] }));
      expect(plan.changes).toMatchObject([
        { verb: 'delete', before: ours },
        { verb: 'delete', before: marker },
        { verb: 'create', target: `${name} A "blue"`, after: blue },
        { verb: 'create', after: green },
      ]);
      expect(plan).toMatchObject({ gone: [ours, marker], left: [], dangling: [] });
    });

    test('puts back what stood where the marker belongs', () => {
      const theirs = aSet(`_nameplate.${name}`, 'TXT', '"hello"');
      const { changes } = planRemoval(aView(ours, marker), removal({ former: [theirs] }));
      expect(changes).toMatchObject([{ before: ours }, { before: marker, after: theirs }]);
    });

    test('only lets go of a record that says what was declared', () => {
      const plan = planRemoval(aView(ours, marker), removal({ former: [ours] }));
      expect(verbs(plan.changes)).toEqual([`delete _nameplate.${name} TXT`]);
      expect(plan.gone).toEqual([ours, marker]);
    });

    test('changes nothing where it was never taken over, or has come back already', () => {
      expect(planRemoval(aView(blue, green), removal({ former: [blue, green] }))).toEqual({
        changes: [],
        gone: [],
        left: [],
        dangling: [],
      });
    });

    test('R8: leaves what somebody has changed since, and says what stood there before', () => {
      const changed = aSet(name, 'A', '203.0.113.200');
      const plan = planRemoval(aView(changed, marker), removal({ former: [blue] }));
      expect(verbs(plan.changes)).toEqual([`delete _nameplate.${name} TXT`]);
      expect(plan.left).toEqual([
        { set: changed, why: 'it was changed since by another tool or person' },
        {
          set: blue,
          why: `it was adopted, and cannot come back beside ${name} A 203.0.113.200, which came since`,
        },
      ]);
    });

    test('holds rather than leave a name without an answer', () => {
      const cname = aSet(name, 'CNAME', 'elsewhere.test.');
      const { dangling } = planRemoval(aView(ours, mail, marker), removal({ former: [cname] }));
      expect(dangling).toEqual([
        {
          set: cname,
          message: expect.stringContaining('would be without an answer. Remove what came, then try again'),
        },
      ]);
    });

    test('wants no copies of a wildcard for a name that had records of its own', () => {
      const view = aView(ours, marker, validation, wildcard);
      const { changes } = planRemoval(view, removal({ written: [ours, validation], former: [blue] }));
      expect(verbs(changes)).toEqual([`delete ${name} A`, `delete _nameplate.${name} TXT`, `create ${name} A "blue"`]);
    });
  });
});
