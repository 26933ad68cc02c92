import type { Call } from '../../wire/service.ts';
import { nameOf } from './tables.ts';

/** The table's ARN, or its index's where the request reads one. */
export function resourcesOf(
  { TableName, IndexName }: { TableName?: string | undefined; IndexName?: string | undefined },
  call: Call,
): string[] {
  const table = tableArn(TableName ?? '', call);
  return [IndexName === undefined ? table : `${table}/index/${IndexName}`];
}

/** Every table that a batch touches. */
export const resourcesOfBatch = ({ RequestItems = {} }: { RequestItems?: object | undefined }, call: Call): string[] =>
  Object.keys(RequestItems).map((name) => tableArn(name, call));

export const tableArn = (name: string, { region, account }: Pick<Call, 'region' | 'account'>): string =>
  `arn:aws:dynamodb:${region}:${account}:table/${nameOf(name)}`;
