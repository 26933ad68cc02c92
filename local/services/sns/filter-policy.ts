import type { MessageAttributeValue } from '@aws-sdk/client-sns';
import { AwsError } from '../../wire/service.ts';
import { isObject, type Json } from '../eventbridge/patterns/json.ts';
import { eventPattern } from '../eventbridge/patterns/pattern.ts';
import type { Published } from './topic.ts';

export type Scope = 'MessageAttributes' | 'MessageBody';

export interface Filter {
  /** As it was given. */
  text: string;
  passes(message: Published): boolean;
}

// Source: SNS Developer Guide, "Filter policy constraints"; checked 2026-11-30.
const KEYS = 5;
const COMBINATIONS = 150;

/** Compiles a filter policy. Throws InvalidParameter, whose words are those of recordings of AWS in LocalStack's tests. */
export function filterOf(text: string, { scope, prefix }: { scope: Scope; prefix: string }): Filter {
  const refuse = (reason: string): never => {
    throw new AwsError('InvalidParameter', `Invalid parameter: ${prefix}${reason}`);
  };
  const policy = parsed(text);
  if (!isObject(policy)) return refuse('FilterPolicy: failed to parse JSON.');
  if (
    scope === 'MessageAttributes' &&
    Object.entries(policy).some(([name, part]) => name !== '$or' && isObject(part))
  ) {
    refuse('Filter policy scope MessageAttributes does not support nested filter policy');
  }
  const { keys, combinations } = sizeOf(policy, 1);
  if (keys > KEYS) refuse(`FilterPolicy: Filter policy can not have more than ${KEYS} keys`);
  const meets = compiled(text, (reason) => refuse(`FilterPolicy: ${reason}`));
  if (combinations > COMBINATIONS) refuse('FilterPolicy: Filter policy is too complex');
  return {
    text,
    passes(message) {
      if (scope === 'MessageAttributes') return meets(attributesOf(message, policy));
      const body = parsed(message.message);
      return isObject(body) && meets(body);
    },
  };
}

function compiled(text: string, refuse: (reason: string) => never): (event: Json) => boolean {
  try {
    return eventPattern(text);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return refuse(error.message.replace(/^.*? Reason: /, ''));
  }
}

/** Each list's values times its depth, multiplied; alternatives are added. */
function sizeOf(policy: Json, depth: number): { keys: number; combinations: number } {
  if (Array.isArray(policy)) return { keys: 1, combinations: Math.max(1, policy.length) * depth };
  if (!isObject(policy)) return { keys: 1, combinations: 1 };
  return Object.entries(policy).reduce(
    (sum, [name, part]) => {
      const alternatives = name === '$or' && Array.isArray(part) ? part : undefined;
      const sizes = alternatives?.map((one) => sizeOf(one, depth));
      const size = sizes
        ? {
            keys: sizes.reduce((all, { keys }) => all + keys, 0),
            combinations: sizes.reduce((all, { combinations }) => all + combinations, 0),
          }
        : sizeOf(part, isObject(part) ? depth + 1 : depth);
      return { keys: sum.keys + size.keys, combinations: sum.combinations * size.combinations };
    },
    { keys: 0, combinations: 1 },
  );
}

/** The attributes of a message as a policy sees them: texts, numbers, lists. Null in a policy is met by what is not there. */
function attributesOf({ attributes }: Published, policy: { [name: string]: Json }): Json {
  const found = Object.entries(attributes).flatMap(([name, attribute]) => {
    const value = valueIn(attribute);
    return value === undefined ? [] : [[name, value] as const];
  });
  const absent = Object.entries(policy).flatMap(([name, part]) =>
    Array.isArray(part) && part.includes(null) ? [[name, null] as const] : [],
  );
  return Object.fromEntries([...absent, ...found]);
}

function valueIn({ DataType = '', StringValue = '' }: MessageAttributeValue): Json | undefined {
  if (DataType.startsWith('Number')) return Number(StringValue);
  if (DataType.startsWith('String.Array')) return parsed(StringValue);
  return DataType.startsWith('String') ? StringValue : undefined;
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    if ((error as Error).name === 'SyntaxError') return undefined;
    throw error;
  }
}
