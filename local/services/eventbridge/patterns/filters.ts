import { cidr } from './cidr.ts';
import { invalidPattern } from './invalid-pattern.ts';
import { isObject, type Json } from './json.ts';
import { numeric } from './numeric.ts';
import { wildcard } from './wildcard.ts';

/** A test of one value of an event. */
export type ValueTest = (value: Json) => boolean;

/** What stands in a leaf's list: a value that must be met exactly, or one content filter. */
export function valueTest(entry: Json): ValueTest {
  if (!isObject(entry)) {
    if (Array.isArray(entry)) throw invalidPattern('Match value must be String, number, true, false, or null');
    return (value) => value === entry;
  }
  const [[name, spec] = [], ...more] = Object.entries(entry);
  if (name === undefined || spec === undefined || more.length > 0) {
    throw invalidPattern('Only one key allowed in match expression');
  }
  const make = FILTERS[name];
  if (!make) throw invalidPattern(`Unrecognized match type ${name}`);
  return make(spec);
}

const FILTERS: Record<string, (spec: Json) => ValueTest> = {
  prefix: (spec) => caseAware('prefix', spec, (value, wanted) => value.startsWith(wanted)),
  suffix: (spec) => caseAware('suffix', spec, (value, wanted) => value.endsWith(wanted)),
  'equals-ignore-case': (spec) => {
    const wanted = text('equals-ignore-case', spec).toLowerCase();
    return onText((value) => value.toLowerCase() === wanted);
  },
  wildcard: (spec) => onText(wildcard(text('wildcard', spec))),
  numeric,
  cidr,
  'anything-but': anythingBut,
};

/** Met by a value that is there and is none of those named. */
function anythingBut(spec: Json): ValueTest {
  if (!isObject(spec)) {
    const entries = Array.isArray(spec) ? spec : [spec];
    if (entries.length === 0) throw invalidPattern('Empty arrays are not allowed');
    if (!Array.isArray(spec) && typeof spec !== 'string' && typeof spec !== 'number') {
      throw invalidPattern(NOT_ANYTHING_BUT);
    }
    const kinds = new Set(entries.map((entry) => typeof entry));
    if (kinds.size > 1 || !(kinds.has('string') || kinds.has('number'))) {
      throw invalidPattern(
        'Inside anything but list, either all values are number or string, mixed type is not supported',
      );
    }
    return (value) => !entries.includes(value);
  }
  const [[name = '', inner] = []] = Object.entries(spec);
  if (!['prefix', 'suffix', 'equals-ignore-case', 'wildcard'].includes(name) || inner === undefined) {
    throw invalidPattern(`Unsupported anything-but pattern: ${name}`);
  }
  const all = Array.isArray(inner) ? inner : [inner];
  checkInner(name, inner, all);
  if ((name === 'prefix' || name === 'suffix') && all.includes('')) throw invalidPattern(`Null ${name} not allowed`);
  if (all.length === 0) throw invalidPattern('Empty arrays are not allowed');
  const tests = all.map((one) => valueTest({ [name]: one }));
  return (value) => !tests.some((test) => test(value));
}

const NOT_ANYTHING_BUT = 'Value of anything-but must be an array or single string/number value.';

/** Inside anything-but there are texts only, and other words for what is none. Source: recordings of AWS in LocalStack's tests; checked 2026-11-30. */
function checkInner(name: string, inner: Json, all: Json[]): void {
  const isAffix = name === 'prefix' || name === 'suffix';
  if (isAffix && isObject(inner)) throw invalidPattern(NOT_ANYTHING_BUT);
  if (name === 'wildcard' || all.every((one) => typeof one === 'string')) return;
  if (isAffix) throw invalidPattern('prefix/suffix match pattern must be a string');
  throw invalidPattern('Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.');
}

/** A filter on the beginning or the end, with `{ "equals-ignore-case": "x" }` in the place of "x" for either case. */
function caseAware(name: string, spec: Json, test: (value: string, wanted: string) => boolean): ValueTest {
  if (!isObject(spec)) {
    const wanted = text(name, spec);
    return onText((value) => test(value, wanted));
  }
  const wanted = text(name, spec['equals-ignore-case'] ?? null).toLowerCase();
  return onText((value) => test(value.toLowerCase(), wanted));
}

const onText =
  (test: (value: string) => boolean): ValueTest =>
  (value) =>
    typeof value === 'string' && test(value);

function text(name: string, spec: Json): string {
  if (typeof spec !== 'string') throw invalidPattern(`${name} match pattern must be a string`);
  return spec;
}
