import { BlockList, isIP } from 'node:net';
import { type ConditionBlock, type ConditionValue, type Context, listed } from './policy.ts';
import { substitute } from './variables.ts';
import { arnMeets, meets } from './wildcard.ts';

/** Whether the request's value meets the policy's. */
type Comparison = (given: string, wanted: string) => boolean;

const COMPARISONS: Record<string, Comparison> = {
  StringEquals: (given, wanted) => given === wanted,
  StringEqualsIgnoreCase: (given, wanted) => given.toLowerCase() === wanted.toLowerCase(),
  StringLike: (given, wanted) => meets(wanted, given),
  NumericEquals: (given, wanted) => Number(given) === Number(wanted),
  NumericLessThan: (given, wanted) => Number(given) < Number(wanted),
  NumericLessThanEquals: (given, wanted) => Number(given) <= Number(wanted),
  NumericGreaterThan: (given, wanted) => Number(given) > Number(wanted),
  NumericGreaterThanEquals: (given, wanted) => Number(given) >= Number(wanted),
  DateEquals: (given, wanted) => instant(given) === instant(wanted),
  DateLessThan: (given, wanted) => instant(given) < instant(wanted),
  DateLessThanEquals: (given, wanted) => instant(given) <= instant(wanted),
  DateGreaterThan: (given, wanted) => instant(given) > instant(wanted),
  DateGreaterThanEquals: (given, wanted) => instant(given) >= instant(wanted),
  Bool: (given, wanted) => given.toLowerCase() === wanted.toLowerCase(),
  BinaryEquals: (given, wanted) => given === wanted,
  IpAddress: (given, wanted) => inRange(given, wanted),
  ArnEquals: (given, wanted) => arnMeets(wanted, given),
  ArnLike: (given, wanted) => arnMeets(wanted, given),
};

const NEGATIONS: Record<string, string> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  NumericNotEquals: 'NumericEquals',
  DateNotEquals: 'DateEquals',
  NotIpAddress: 'IpAddress',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
};

interface Operator {
  compare: Comparison;
  negated: boolean;
  /** A key that is absent meets the condition. */
  ifExists: boolean;
  quantifier: 'ForAllValues' | 'ForAnyValue' | undefined;
}

/** Whether the request meets every condition of a statement: each operator, each key; any of a key's values. */
export function conditionsMet(block: ConditionBlock | undefined, context: Context): boolean {
  return Object.entries(block ?? {}).every(([name, keys]) =>
    Object.entries(keys).every(([key, values]) => conditionMet(name, { key, values: listed(values) }, context)),
  );
}

/** Whether there is such a condition operator. */
export const isOperator = (name: string): boolean => name === 'Null' || operatorOf(name) !== undefined;

function conditionMet(
  name: string,
  { key, values }: { key: string; values: ConditionValue[] },
  context: Context,
): boolean {
  const given = context.get(key.toLowerCase());
  if (name === 'Null') return values.some((wanted) => (String(wanted) === 'true') === (given === undefined));
  const operator = operatorOf(name);
  if (!operator) throw new Error(`Cannot evaluate the condition operator "${name}": there is none of that name`);
  const { compare, negated, ifExists, quantifier } = operator;
  const wanted = values.map((value) => substitute(String(value), context)).filter((value) => value !== undefined);
  const valueMeets = (value: string) => wanted.some((one) => compare(value, one)) !== negated;
  if (quantifier === 'ForAllValues') return (given ?? []).every(valueMeets);
  if (given === undefined || given.length === 0) return quantifier === undefined && (ifExists || negated);
  return quantifier === 'ForAnyValue' || !negated ? given.some(valueMeets) : given.every(valueMeets);
}

function operatorOf(name: string): Operator | undefined {
  const [, quantifier, base = '', ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(name) ?? [];
  const positive = NEGATIONS[base] ?? base;
  const compare = Object.hasOwn(COMPARISONS, positive) ? COMPARISONS[positive] : undefined;
  return (
    compare && {
      compare,
      negated: base in NEGATIONS,
      ifExists: ifExists !== undefined,
      quantifier: quantifier as Operator['quantifier'],
    }
  );
}

/** An ISO 8601 date or epoch seconds. */
const instant = (text: string): number => (/^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text));

function inRange(address: string, range: string): boolean {
  const [network = '', bits] = range.split('/');
  const version = isIP(network);
  if (version === 0 || isIP(address) !== version) return false;
  const family = version === 4 ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  list.addSubnet(network, bits === undefined ? (version === 4 ? 32 : 128) : Number(bits), family);
  return list.check(address, family);
}
