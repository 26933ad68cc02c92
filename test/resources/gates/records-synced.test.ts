import { describe, expect, test } from '@jest/globals';
import { judgeSync, type SyncSight } from '../../../resources/gates/records-synced/judge.ts';

const behind = { marker: 'generation=2', answers: [['generation=2'], ['generation=1']] };
const moved = { marker: 'generation=2', answers: [['other', 'generation=2'], ['generation=2']] };

describe('judgeSync()', () => {
  test.each<[string, SyncSight, 'open' | 'closed']>([
    ['is open once every zone is in sync', [{ status: 'INSYNC' }, { status: 'INSYNC' }], 'open'],
    ['is closed while one zone is pending', [{ status: 'INSYNC' }, { status: 'PENDING' }], 'closed'],
    ['R19: is open where every name server answers with the newest owner marker', [moved], 'open'],
    ['R19: is closed while one name server answers with an earlier one', [behind], 'closed'],
    ['R19: is closed where the zone has no owner marker yet', [{ marker: undefined, answers: [[]] }], 'closed'],
    ['R19: is closed while name servers cannot be asked', [{ failure: 'no answer' }], 'closed'],
    ['is open where a person has entered the records: all name servers were asked then', undefined, 'open'],
  ])('%s', (_, sight, state) => {
    expect(judgeSync(sight)).toMatchObject({ state });
  });
});
