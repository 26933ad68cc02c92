import { invalidPattern } from './invalid-pattern.ts';
import type { Json } from './json.ts';

const COMPARISONS: Record<string, (value: number, bound: number) => boolean> = {
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '=': (value, bound) => value === bound,
  '>=': (value, bound) => value >= bound,
  '>': (value, bound) => value > bound,
};

/** `[">", 0, "<=", 5]` as a test: every comparison must hold. */
export function numeric(spec: Json): (value: Json) => boolean {
  if (!Array.isArray(spec) || spec.length === 0) throw invalidPattern('Value of numeric must be an array.');
  const tests: ((value: number) => boolean)[] = [];
  for (let at = 0; at < spec.length; at += 2) {
    const compare = COMPARISONS[String(spec[at])];
    const bound = spec[at + 1];
    if (!compare) throw invalidPattern(`Unrecognized numeric range operator: ${spec[at]}`);
    if (typeof bound !== 'number') throw invalidPattern(`Value of ${spec[at]} must be numeric`);
    tests.push((value) => compare(value, bound));
  }
  return (value) => typeof value === 'number' && tests.every((test) => test(value));
}
