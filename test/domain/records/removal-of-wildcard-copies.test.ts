import { expect, test } from '@jest/globals';
import { markerSet } from '../../../domain/records/marker.ts';
import type { RecordSet } from '../../../domain/records/record-set.ts';
import { planRemoval, type Removal } from '../../../domain/records/removal.ts';
import type { ZoneView } from '../../../domain/records/zone-view.ts';
import { aSet, aView } from '../../support/records.ts';

const domain = 'shop.example.test';
const below = `new.${domain}`;
const owner = { domain, stack: 'Nameplate' };
const wildcard = aSet('*.example.test', 'A', '203.0.113.99');
const validation = (name: string): RecordSet => aSet(`_x.${name}`, 'CNAME', `_y${name.length}.acm-validations.aws`);
const address = (name: string): RecordSet => aSet(name, 'A', '203.0.113.7');
const names = [domain, below];

const removal: Removal = {
  names,
  owner,
  written: names.flatMap((name) => [address(name), validation(name)]),
  former: [],
  expected: () => [],
  leadsToOurs: ({ values }) => values.includes('203.0.113.7'),
};

test('R31, W7: a removal that gave names back to a wildcard and is run again changes nothing, and leaves nothing', () => {
  const standing = names.flatMap((name) => [
    address(name),
    validation(name),
    markerSet(name, { ...owner, generation: 1 }),
  ]);
  const view = aView(...standing, wildcard);
  const first = planRemoval(view, removal);
  expect(first.changes.map(({ verb, target }) => `${verb} ${target}`)).toEqual(
    names.flatMap((name) => [`replace ${name} A`, `replace _nameplate.${name} TXT`]),
  );
  const second = planRemoval(after(view, first.changes), removal);
  expect([second.changes, second.left, second.dangling]).toEqual([[], [], []]);
});

function after(view: ZoneView, changes: ReturnType<typeof planRemoval>['changes']): ZoneView {
  const went = changes.map(({ before }) => JSON.stringify(before));
  const came = changes.flatMap(({ after: set }) => (set ? [set] : []));
  return { ...view, sets: [...view.sets.filter((set) => !went.includes(JSON.stringify(set))), ...came] };
}
