import { AwsError } from '../../wire/service.ts';
import { violation } from '../../wire/violation.ts';

export const invalidValue = (message: string): AwsError => new AwsError('InvalidParameterValueException', message);
export const invalidCombination = (message: string): AwsError =>
  new AwsError('InvalidParameterCombinationException', message);
export const missing = (name: string): AwsError =>
  new AwsError('MissingRequiredParameterException', `The parameter ${name} is required.`);
export const validationError = (message: string): AwsError => new AwsError('ValidationError', message, { status: 400 });

/** Refuses a value that is none of those that a member can have. */
export function checkOneOf(member: string, value: string | undefined, set: readonly string[]): void {
  if (value === undefined || set.includes(value)) return;
  const constraint = `Member must satisfy enum value set: [${set.join(', ')}]`;
  throw violation(value, { member, constraint, code: 'ValidationError' });
}
