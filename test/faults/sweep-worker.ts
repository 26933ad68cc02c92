// A process of its own that sweeps the cells its parent hands out, one message each.
import { once } from 'node:events';
import type { Picture } from './picture.ts';
import type { ScenarioName } from './scenarios.ts';
import { type Cell, sweep } from './sweep.ts';

const ask = async (question: object): Promise<{ cell?: Cell; wanted?: Record<ScenarioName, Picture> }> => {
  const answered = once(process, 'message');
  process.send?.(question);
  return (await answered)[0];
};

const { wanted } = await ask({ want: 'pictures' });
if (!wanted) throw new Error('Cannot sweep: the parent has no pictures');
await sweep(async () => (await ask({ want: 'cell' })).cell, {
  wanted,
  tell: (verdict) => process.send?.({ verdict }),
});
process.disconnect?.();
