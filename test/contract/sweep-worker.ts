// A process of its own that strikes the resources its parent names, one message each.
import { once } from 'node:events';
import type { Kind } from '../faults/kinds.ts';
import { sweepUnit } from './sweep.ts';
import { UNITS } from './units.ts';

interface Asked {
  unit?: string;
  kinds?: Kind[];
  only?: string[];
}

for (;;) {
  const answered = once(process, 'message');
  process.send?.({ want: 'unit' });
  const [{ unit: name, kinds, only }] = (await answered) as [Asked];
  const unit = UNITS.find((each) => each.name === name);
  if (!unit) break;
  await sweepUnit(unit, { kinds, only, tell: (verdict) => process.send?.({ verdict }) });
}
process.disconnect?.();
