import { describe, expect, test } from '@jest/globals';
import { withFragments } from '../../../infra/workflows/fragments.ts';
import { type Definition, type State, type States, stepOf } from '../../../infra/workflows/states.ts';

const files: Record<string, Definition> = {
  Release: {
    StartAt: 'Remove',
    States: {
      Remove: { Type: 'Task', Next: 'Clean', Catch: [{ ErrorEquals: ['Missing'], Next: 'Remove' }] },
      Clean: { Type: 'Task', End: true },
    },
  },
  Prepare: {
    StartAt: 'Release',
    States: { Release: { Type: 'Fragment', Next: 'Made' }, Made: { Type: 'Task', End: true } },
  },
  Fail: { StartAt: 'Failed', States: { Failed: { Type: 'Fail' } } },
  Endless: { StartAt: 'Endless', States: { Endless: { Type: 'Fragment', End: true } } },
};
const read = (name: string): Definition => files[name] as Definition;
const statesOf = (States: States, StartAt = Object.keys(States)[0] ?? ''): States =>
  withFragments({ StartAt, States }, read).States;

describe('withFragments()', () => {
  test("puts a fragment's states in its place, and goes on from its end", () => {
    expect(
      statesOf({
        Begin: { Type: 'Task', Next: 'Release' },
        Release: { Type: 'Fragment', Next: 'End' },
        End: { Type: 'Pass' },
      }),
    ).toEqual({
      Begin: { Type: 'Task', Next: 'Remove' },
      Remove: { Type: 'Task', Next: 'Clean', Catch: [{ ErrorEquals: ['Missing'], Next: 'Remove' }] },
      Clean: { Type: 'Task', Next: 'End' },
      End: { Type: 'Pass' },
    });
  });

  test('leads to its first state from rules, defaults and catchers, and where a workflow starts with it', () => {
    const { Choose } = statesOf({
      Choose: { Type: 'Choice', Choices: [{ Next: 'Release' }], Default: 'Release' },
      Release: { Type: 'Fragment', End: true },
    });
    expect(Choose).toMatchObject({ Choices: [{ Next: 'Remove' }], Default: 'Remove' });
    const { Do } = statesOf({
      Do: { Type: 'Task', Catch: [{ ErrorEquals: ['A'], Next: 'Fail' }] },
      Fail: { Type: 'Fragment' },
    });
    expect(Do).toMatchObject({ Catch: [{ Next: 'Failed' }] });
    const { StartAt } = withFragments(
      { StartAt: 'Release', States: { Release: { Type: 'Fragment', End: true } } },
      read,
    );
    expect(StartAt).toBe('Remove');
  });

  test('ends where the fragment does, inside branches and other fragments too', () => {
    const branch = { StartAt: 'Prepare', States: { Prepare: { Type: 'Fragment', End: true as const } } };
    const [inside] = statesOf({ Both: { Type: 'Parallel', Branches: [branch], End: true } }).Both?.Branches ?? [];
    expect(inside).toMatchObject({ StartAt: 'Remove', States: { Clean: { Next: 'Made' }, Made: { End: true } } });
  });

  test('tells the states of a fragment apart from those of the same steps elsewhere, and leads among them', () => {
    const branch = { StartAt: 'Release', States: { Release: { Type: 'Fragment', End: true as const } } };
    const both = {
      StartAt: 'Both',
      States: {
        Both: { Type: 'Parallel', Branches: [branch], Next: 'Serve' },
        Serve: { Type: 'Task', End: true as const, Catch: [{ ErrorEquals: ['Missing'], Next: 'Both' }] },
      },
    };
    const { States }: Definition = withFragments(
      {
        StartAt: 'Release',
        States: {
          Release: { Type: 'Fragment', Next: 'Again' },
          Again: { Type: 'Fragment', Apart: 'cdn', End: true } as State,
        },
      },
      (name) => (name === 'Again' ? both : read(name)),
    );
    expect(Object.keys(States)).toEqual(['Remove', 'Clean', 'Both (cdn)', 'Serve (cdn)']);
    expect(States.Clean).toMatchObject({ Next: 'Both (cdn)' });
    expect(States['Both (cdn)']).toMatchObject({
      Next: 'Serve (cdn)',
      Branches: [{ StartAt: 'Remove (cdn)', States: { 'Clean (cdn)': { End: true } } }],
    });
    expect(States['Serve (cdn)']).toMatchObject({ Catch: [{ Next: 'Both (cdn)' }] });
    expect(Object.keys(States).map(stepOf)).toEqual(['Remove', 'Clean', 'Both', 'Serve']);
  });

  test('refuses two states of one name, a fragment in itself, and one that ends and leads nowhere', () => {
    expect(() =>
      statesOf({ Clean: { Type: 'Task', Next: 'Release' }, Release: { Type: 'Fragment', End: true } }),
    ).toThrow('it has two states "Clean"');
    expect(() => statesOf({ Endless: { Type: 'Fragment', End: true } })).toThrow('"Endless": it contains itself');
    expect(() => statesOf({ Release: { Type: 'Fragment' } })).toThrow('"Release": it says neither "Next" nor "End"');
  });
});
