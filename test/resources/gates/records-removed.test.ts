import { describe, expect, test } from '@jest/globals';
import type { EnteredEntry } from '../../../domain/entries/entry.ts';
import { judgeRemoval, type RemovalSight } from '../../../resources/gates/records-removed/judge.ts';

const entered = (ttlSeconds: number, purpose: EnteredEntry['for'] = 'traffic'): EnteredEntry => ({
  name: 'shop.example.test',
  type: 'A',
  values: ['203.0.113.7'],
  for: purpose,
  ttlSeconds,
});

describe('judgeRemoval()', () => {
  test.each<[string, RemovalSight, object]>([
    ['R19: is closed while one change is pending', { changes: ['INSYNC', 'PENDING'] }, { state: 'closed' }],
    ['has resolvers forget our records for their TTL', { changes: ['INSYNC'] }, { output: { forgetSeconds: 60 } }],
    ['takes a change that Route 53 has forgotten for done', { changes: [undefined] }, { state: 'open' }],
    ['is open where nothing was written', { changes: [] }, { state: 'open' }],
    [
      'has resolvers forget what a person entered for its own TTL',
      { entered: [entered(300), entered(3_600)] },
      { output: { forgetSeconds: 3_600 } },
    ],
    ['and for a minute at least', { entered: [entered(5)] }, { output: { forgetSeconds: 60 } }],
    ['and for a week at most', { entered: [entered(2_000_000)] }, { output: { forgetSeconds: 604_800 } }],
    [
      'minds no record that leads no viewer',
      { entered: [entered(3_600, 'validation')] },
      { output: { forgetSeconds: 60 } },
    ],
  ])('%s', (_, sight, verdict) => {
    expect(judgeRemoval(sight)).toMatchObject(verdict);
  });
});
