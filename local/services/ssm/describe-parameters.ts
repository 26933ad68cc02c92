import type { DescribeParametersRequest, DescribeParametersResult, ParameterMetadata } from '@aws-sdk/client-ssm';
import { AwsError, type Call, type Operation } from '../../wire/service.ts';
import { violation } from '../../wire/violation.ts';
import { pageOf } from './page.ts';
import { passes } from './parameter-filters.ts';
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
    const { items, ...next } = pageOf(found, { NextToken, size: MaxResults });
    return { Parameters: items.map((parameter) => metadata(parameter, call)), ...next };
  },
});

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
