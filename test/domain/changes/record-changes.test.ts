import { expect, test } from '@jest/globals';
import { recordsReleased } from '../../../domain/changes/record-changes.ts';
import { aSet } from '../../support/records.ts';

const old = aSet('old.shop.example.test', 'A', '203.0.113.7');

test('R8: a record that another tool has changed is retained, with why', () => {
  const left = [{ set: old, why: 'it was changed since by another tool or person' }];
  const [change] = recordsReleased({ changes: [], left });
  expect(change).toMatchObject({ verb: 'retain', resource: { type: 'record', name: `${old.name} A` }, before: old });
  expect(change?.message).toMatch(
    /^Leave old\.shop\.example\.test A .*: it was changed since by another tool or person$/,
  );
});

test('S1: a name that would dangle is a conflict, with what to do about it', () => {
  const message = 'It would dangle';
  expect(recordsReleased({ changes: [], left: [], dangling: [{ set: old, message }] })).toEqual([
    { verb: 'conflict', resource: { type: 'record', name: `${old.name} A` }, before: old, message },
  ]);
});
