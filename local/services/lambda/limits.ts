import { AwsError } from '../../wire/service.ts';
import { violation } from '../../wire/violation.ts';

/** Refuses a number outside its bounds in the words Lambda has for it; what is left out passes. */
export function checkRange(
  member: string,
  value: number | undefined,
  { min, max }: { min: number; max: number },
): void {
  if (value === undefined || (value >= min && value <= max)) return;
  const bound = value < min ? `greater than or equal to ${min}` : `less than or equal to ${max}`;
  throw new AwsError(
    'ValidationException',
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must have value ${bound}`,
    { status: 400 },
  );
}

/** Refuses a text that is not wholly of that pattern in the words Lambda has for it. */
export function checkPattern(member: string, value: string, pattern: string): void {
  if (new RegExp(`^${pattern}$`).test(value)) return;
  const constraint = `Member must satisfy regular expression pattern: ${pattern}`;
  throw violation(value, { member, constraint, code: 'ValidationException' });
}

/** A value that is well-formed but means nothing Lambda can do. */
export const invalidParameter = (message: string): AwsError =>
  new AwsError('InvalidParameterValueException', message, { Type: 'User' });
