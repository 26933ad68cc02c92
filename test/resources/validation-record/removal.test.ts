import { describe, expect, test } from '@jest/globals';
import { markerSet } from '../../../domain/records/marker.ts';
import type { RecordSet } from '../../../domain/records/record-set.ts';
import { planValidationRemoval } from '../../../resources/validation-record/removal.ts';
import { aSet, aView } from '../../support/records.ts';

const name = 'shop.example.test';
const owner = { domain: name, stack: 'Nameplate' };
const marker = markerSet(name, { ...owner, generation: 3 });
const ours = aSet(name, 'A', '203.0.113.7');
const validation = aSet(`_x.${name}`, 'CNAME', '_y.acm-validations.aws');
const wildcard = aSet('*.example.test', 'A', '203.0.113.99');
const verbs = (changes: { verb: string; target: string }[]) => changes.map(({ verb, target }) => `${verb} ${target}`);

describe('planValidationRemoval()', () => {
  const asked = (needed: string[] = []) => ({
    names: [name],
    owner,
    written: [ours, validation],
    former: [] as RecordSet[],
    needs: (record: string) => (needed.includes(record) ? 'another certificate is renewed by it' : undefined),
  });

  test('deletes what we wrote, and the copies of the wildcard with it', () => {
    const copy = { ...wildcard, name };
    const { changes } = planValidationRemoval(aView(copy, marker, validation, wildcard), asked());
    expect(verbs(changes)).toEqual([
      `delete ${name} A`,
      `delete _nameplate.${name} TXT`,
      `delete ${validation.name} CNAME`,
    ]);
  });

  test('A14: leaves one that another certificate needs, and the copies that it makes necessary, and says so', () => {
    const copy = { ...wildcard, name };
    const view = aView(copy, marker, validation, wildcard);
    const { changes, left } = planValidationRemoval(view, asked([validation.name]));
    expect(changes).toEqual([]);
    const standsIn = expect.stringContaining('stands in for a wildcard');
    expect(left).toEqual([
      { set: copy, why: standsIn },
      { set: marker, why: standsIn },
      { set: validation, why: expect.stringContaining('another certificate') },
    ]);
  });

  test('A14, R31: leaves the copies at a name below, which the one that is needed takes from the wildcard', () => {
    const direct = `direct.${name}`;
    const copies = [name, direct].flatMap((at) => [
      { ...wildcard, name: at },
      markerSet(at, { ...owner, generation: 2 }),
    ]);
    const view = aView(...copies, validation, wildcard);
    const names = [name, direct];
    expect(planValidationRemoval(view, { ...asked([validation.name]), names }).changes).toEqual([]);
    expect(planValidationRemoval(view, { ...asked(), names }).changes).toHaveLength(5);
  });

  test('R8: leaves one that somebody has changed', () => {
    const changed = { ...validation, values: ['_z.acm-validations.aws'] };
    const { changes, left } = planValidationRemoval(aView(changed), asked());
    expect([changes, left]).toEqual([[], [{ set: changed, why: 'it was changed since by another tool or person' }]]);
  });

  test('puts back what was adopted where ACM wanted its record', () => {
    const theirs = aSet(validation.name, 'TXT', '"theirs"');
    const { changes, gone } = planValidationRemoval(aView(validation), { ...asked(), former: [theirs] });
    expect(verbs(changes)).toEqual([`delete ${validation.name} CNAME`, `create ${validation.name} TXT`]);
    expect(gone).toEqual([validation]);
    expect(planValidationRemoval(aView(theirs), { ...asked(), former: [theirs] })).toMatchObject({
      changes: [],
      left: [],
    });
  });
});
