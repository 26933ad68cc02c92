import type {
  DescribeParametersRequest,
  DescribeParametersResult,
  ParameterMetadata,
  ParameterStringFilter,
} from '@aws-sdk/client-ssm';
import { AwsError, type Call, type Operation } from '../../wire/service.ts';
import { violation } from '../../wire/violation.ts';
import { parameterArn } from './parameter-name.ts';
import { type ParameterStore, type StoredParameter, versionOf } from './parameter-store.ts';

/** Source: DescribeParameters, `MaxResults`, checked 2026-11-22. */
const PAGE = 50;

/** DescribeParameters: what is known of each but its value, by name; filters by name and type. */
export const describeParameters = (
  store: ParameterStore,
): Operation<DescribeParametersRequest, DescribeParametersResult> => ({
  run({ Filters, ParameterFilters = [], Shared, MaxResults = PAGE, NextToken }, call) {
    if (MaxResults < 1 || MaxResults > PAGE) {
      const bound = MaxResults < 1 ? 'greater than or equal to 1' : `less than or equal to ${PAGE}`;
      const constraint = `Member must have value ${bound}`;
      throw violation(MaxResults, { member: 'maxResults', constraint, code: 'ValidationException' });
    }
    if (Filters?.length || Shared) {
      throw new AwsError('NotImplemented', 'Filters and Shared are not part of the local AWS', { status: 501 });
    }
    const found = [...store.of(call.region).values()]
      .filter((parameter) => ParameterFilters.every((filter) => passes(parameter, filter)))
      .sort((one, other) => (one.name < other.name ? -1 : 1));
    const start = NextToken === undefined ? 0 : Number(Buffer.from(NextToken, 'base64url').toString());
    if (!Number.isInteger(start) || start < 0)
      throw new AwsError('InvalidNextToken', 'The specified token is not valid.');
    const end = start + MaxResults;
    return {
      Parameters: found.slice(start, end).map((parameter) => metadata(parameter, call)),
      ...(end < found.length && { NextToken: Buffer.from(String(end)).toString('base64url') }),
    };
  },
});

function passes(
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

function metadata(parameter: StoredParameter, call: Call): ParameterMetadata {
  const { version, modifiedAt, modifiedBy, description, allowedPattern } = versionOf(parameter);
  return {
    Name: parameter.name,
    ARN: parameterArn(call, parameter.name),
    Type: parameter.type,
    Version: version,
    LastModifiedDate: new Date(modifiedAt),
    LastModifiedUser: modifiedBy,
    ...(description !== undefined && { Description: description }),
    ...(allowedPattern !== undefined && { AllowedPattern: allowedPattern }),
    Tier: 'Standard',
    Policies: [],
    DataType: 'text',
  };
}
