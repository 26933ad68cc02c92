import { describe, expect, test } from '@jest/globals';
import type { Change } from '../../../domain/changes/change.ts';
import { keptAlong } from '../../../domain/removal/keepable.ts';
import { asKept } from '../../../domain/removal/kept.ts';
import { aSettledSiteItem, aStepItem } from '../../support/site.ts';

const certificate = { type: 'certificate' as const, id: 'arn:1', ours: true };
const steps = [aStepItem('RequestCertificate', { made: [certificate] })];
const record = { item: aSettledSiteItem(), steps, timeline: [] };
const change = (verb: Change['verb'], resource: Change['resource'], phase: Change['phase'] = 'release'): Change => ({
  verb,
  phase,
  resource,
  message: '',
});
const balancer = { type: 'load balancer' as const, name: 'np', id: 'arn:lb' };

describe('keptAlong()', () => {
  test('keeps with a certificate the record that it is renewed by, and the zone that has it', () => {
    expect(keptAlong(['certificate'], { steps }).keeps).toEqual([
      'certificate',
      'validation record',
      'hosted zone',
      'delegation',
    ]);
  });

  test('keeps with the records everything that serves viewers', () => {
    const { keeps } = keptAlong(['record'], { steps });
    expect(keeps).toEqual(
      expect.arrayContaining(['load balancer', 'listener', 'target group', 'security group', 'distribution', 'page']),
    );
  });

  test('keeps a single resource by its id, and what its type needs', () => {
    expect(keptAlong(['arn:1'], { steps }).keeps).toEqual(['arn:1', 'validation record', 'hosted zone', 'delegation']);
  });

  test('names what is neither a type nor an id of the site', () => {
    expect(keptAlong(['certificate', 'arn:2', 'page'], { steps }).unknown).toEqual(['arn:2', 'page']);
  });
});

describe('asKept()', () => {
  test('unmarks what is kept in place of deleting, restoring or passing it on', () => {
    for (const verb of ['delete', 'restore', 'update'] as const)
      expect(asKept([change(verb, balancer)], ['load balancer'], record)).toMatchObject([{ verb: 'unmark' }]);
  });

  test('leaves what is not kept, what is prepared, and records, as they were decided', () => {
    const changes = [
      change('delete', { type: 'certificate', name: 'x', id: 'arn:1' }),
      change('update', balancer, 'prepare'),
      change('delete', { type: 'record', name: 'x A' }),
    ];
    expect(asKept(changes, ['load balancer', 'record'], record)).toEqual(changes);
  });

  test('C3: takes no tags off what others attached, which is retained', () => {
    const theirs = change('retain', { type: 'listener', name: '8443', id: 'arn:theirs' });
    const ours = change('retain', { type: 'certificate', name: 'x', id: 'arn:1' });
    expect(asKept([theirs, ours], ['listener', 'certificate'], record).map(({ verb }) => verb)).toEqual(['unmark']);
  });
});
