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
