import { describe, expect, test } from '@jest/globals';
import { pictureOf } from '../../../infra/workflows/picture.ts';
import type { Definition, States } from '../../../infra/workflows/states.ts';

const release: Definition = {
  StartAt: 'Remove',
  States: { Remove: { Type: 'Task', Next: 'Forget' }, Forget: { Type: 'Wait', End: true } },
};

/** The lines of the picture of a workflow, without the first. */
const picture = (States: States): string[] =>
  pictureOf({ StartAt: Object.keys(States)[0] ?? '', States }, () => release)
    .split('\n')
    .slice(1);

describe('pictureOf()', () => {
  test('follows the arrows in one line, and begins another at a state that several leave', () => {
    const lines = picture({
      Claim: { Type: 'Task', Next: 'Choose' },
      Choose: { Type: 'Choice', Choices: [{ Comment: 'a change', Next: 'Done' }], Default: 'Wait' },
      Wait: { Type: 'Wait', Next: 'Done' },
      Done: { Type: 'Succeed' },
    });
    expect(lines).toEqual([
      '  Claim --> Choose',
      '  Choose -- "a change" --> Done',
      '  Choose -- "otherwise" --> Wait --> Done',
    ]);
  });

  test('dashes what is caught, by its comment or its errors, and leaves out what leads to itself', () => {
    const lines = picture({
      Await: {
        Type: 'Task',
        Catch: [
          { ErrorEquals: ['States.Timeout'], Next: 'Await' },
          { Comment: 'after 72 h', ErrorEquals: ['Awaited'], Next: 'Discard' },
          { ErrorEquals: ['Missing'], Next: 'Write' },
        ],
        End: true,
      },
      Discard: { Type: 'Task', Next: 'Write' },
      Write: { Type: 'Task', Next: 'Await' },
    });
    expect(lines).toEqual([
      '  Await -. "after 72 h" .-> Discard --> Write --> Await',
      '  Await -. "Missing" .-> Write',
    ]);
  });

  test('has a box around a fragment and around branches, and a state without arrows inside', () => {
    const alone: Definition = { StartAt: 'Alone', States: { Alone: { Type: 'Task', End: true } } };
    const fragment: Definition = { StartAt: 'Release', States: { Release: { Type: 'Fragment', End: true } } };
    expect(picture({ Both: { Type: 'Parallel', Branches: [alone, fragment], End: true } })).toEqual([
      '  subgraph Both ["Both, side by side"]',
      '    Alone',
      '    subgraph Release; Remove --> Forget; end',
      '  end',
    ]);
  });
});
