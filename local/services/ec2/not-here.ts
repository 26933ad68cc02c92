import { AwsError } from '../../wire/service.ts';

/** The answer to what AWS can and this one can't: naming it, instead of taking it in silence. */
export const notHere = (what: string): AwsError =>
  new AwsError('UnsupportedOperation', `${what} is not part of this local AWS.`);

/** Refuses the named parameters when a request has them. */
export function refuse(input: object, names: string[]): void {
  for (const name of names) {
    const value = (input as Record<string, unknown>)[name];
    if (value === undefined || value === false || (Array.isArray(value) && value.length === 0)) continue;
    throw notHere(`The parameter ${name}`);
  }
}
