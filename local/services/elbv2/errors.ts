import { AwsError } from '../../wire/service.ts';

/** A value that no request may have. */
export const invalid = (message: string): AwsError => new AwsError('ValidationError', message);

/** What AWS can and this one can't: named, instead of taken in silence. */
export const notHere = (what: string): AwsError =>
  new AwsError('InvalidConfigurationRequest', `${what} is not part of this local AWS`);

/** Refuses the named parameters when a request has them. */
export function refuse(input: object, names: string[]): void {
  for (const name of names) {
    const value = (input as Record<string, unknown>)[name];
    if (value === undefined || value === 'off' || (Array.isArray(value) && value.length === 0)) continue;
    throw notHere(`The parameter ${name}`);
  }
}

/** Throws unless the value is one of those that the API knows. */
export function oneOf<T extends string>(value: string | undefined, known: readonly T[], parameter: string): T {
  const found = known.find((it) => it === value);
  if (found !== undefined) return found;
  throw invalid(
    `1 validation error detected: Value '${value}' at '${parameter}' failed to satisfy constraint: Member must satisfy enum value set: [${known.join(', ')}]`,
  );
}

/** Throws unless the number is in the range. */
export function between(value: number, [least, most]: readonly [number, number], parameter: string): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  const bound = value < least ? `greater than or equal to ${least}` : `less than or equal to ${most}`;
  throw invalid(
    `1 validation error detected: Value '${value}' at '${parameter}' failed to satisfy constraint: Member must have value ${bound}`,
  );
}
