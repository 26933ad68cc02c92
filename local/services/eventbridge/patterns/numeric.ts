import { invalidPattern } from './invalid-pattern.ts';
import type { Json } from './json.ts';

type Compare = (value: number, bound: number) => boolean;

const COMPARISONS: Record<string, Compare> = {
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '=': (value, bound) => value === bound,
  '>=': (value, bound) => value >= bound,
  '>': (value, bound) => value > bound,
};

/** Source: EventBridge User Guide, "Comparison operators", numeric matching; checked 2026-11-29. */
const MOST = 5e9;

/**
 * One comparison, or a range from its lower bound to its upper one, `[">", 0, "<=", 5]`, as a test. Source for what is
 * refused: github.com/aws/event-ruler, JsonRuleCompiler, and recordings of SNS in LocalStack's tests; checked 2026-11-30.
 */
export function numeric(spec: Json): (value: Json) => boolean {
  if (!Array.isArray(spec)) throw invalidPattern('Value of numeric must be an array.');
  const [operator, bottom, upper, top, ...more] = spec;
  if (typeof operator !== 'string') throw invalidPattern(`Invalid member in numeric match: ${operator ?? ']'}`);
  const tests = [comparison(operator, bottom)];
  if (spec.length > 2) {
    if (!operator.startsWith('>')) {
      throw invalidPattern('Too many elements in numeric expression');
    }
    if (typeof upper !== 'string') throw invalidPattern(`Bad value in numeric range: ${upper}`);
    if (!upper.startsWith('<')) throw invalidPattern(`Bad numeric range operator: ${upper}`);
    tests.push(comparison(upper, top));
    if (more.length > 0) throw invalidPattern('Too many terms in numeric range expression');
    if (Number(bottom) >= Number(top)) throw invalidPattern('Bottom must be less than top');
  }
  return (value) => typeof value === 'number' && tests.every((test) => test(value));
}

function comparison(operator: Json | undefined, bound: Json | undefined): (value: number) => boolean {
  const compare = Object.hasOwn(COMPARISONS, String(operator)) ? COMPARISONS[String(operator)] : undefined;
  if (!compare) throw invalidPattern(`Unrecognized numeric range operator: ${operator}`);
  if (typeof bound !== 'number')
    throw invalidPattern(`Value of ${operator === '=' ? 'equals' : operator} must be numeric`);
  if (Math.abs(bound) > MOST) throw invalidPattern(`Value must be between ${-MOST} and ${MOST}, inclusive`);
  return (value) => compare(value, bound);
}
