// A process of its own that plays the runs its parent hands out, one message each.
import { once } from 'node:events';
import type { Picture } from './picture.ts';
import type { ScenarioName } from './scenarios.ts';
import { type Run, sweep } from './sweep.ts';

const ask = async (question: object): Promise<{ run?: Run; wanted?: Record<ScenarioName, Picture[]> }> => {
  const answered = once(process, 'message');
  process.send?.(question);
  return (await answered)[0];
};

const { wanted } = await ask({ want: 'pictures' });
if (!wanted) throw new Error('Cannot sweep: the parent has no pictures');
await sweep(async () => (await ask({ want: 'run' })).run, {
  wanted,
  tell: (swept) => process.send?.({ swept }),
});
process.disconnect?.();
