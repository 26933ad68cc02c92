import { violation } from '../../../wire/violation.ts';

/** A value of an enumeration. Throws ValidationException in AWS's words for another one. */
export function oneOf<Value extends string>(value: string, member: string, values: readonly Value[]): Value {
  const found = values.find((one) => one === value);
  if (found !== undefined) return found;
  const constraint = `Member must satisfy enum value set: [${values.join(', ')}]`;
  throw violation(value, { member, constraint, code: 'ValidationException' });
}
