import type { ParameterStringFilter } from '@aws-sdk/client-ssm';
import { AwsError } from '../../wire/service.ts';
import type { StoredParameter } from './parameter-store.ts';

/** Whether a parameter is one that a filter names. Throws NotImplemented for filters that are not here. */
export function passes(
  parameter: StoredParameter,
  { Key = '', Option = 'Equals', Values = [] }: ParameterStringFilter,
): boolean {
  const tests: Record<string, (value: string) => boolean> = {
    'Name Equals': (value) => parameter.name === value,
    'Name BeginsWith': (value) => parameter.name.startsWith(value),
    'Name Contains': (value) => parameter.name.includes(value),
    'Type Equals': (value) => parameter.type === value,
  };
  const test = tests[`${Key} ${Option}`];
  if (test) return Values.some(test);
  throw new AwsError('NotImplemented', `The filter ${Key} ${Option} is not part of the local AWS`, { status: 501 });
}
