import type { CreateTableInput, CreateTableOutput } from '@aws-sdk/client-dynamodb';
import type { Made, Making } from '../provider.ts';
import { list, map, object, type Shape } from '../shape.ts';

const keySchema: Shape = list(object({ AttributeName: 'string', KeyType: 'string' }));
const projection: Shape = object({ ProjectionType: 'string', NonKeyAttributes: list('string') });
const throughput: Shape = object({ ReadCapacityUnits: 'number', WriteCapacityUnits: 'number' });

/** What the two kinds of table have in common. */
export const tableProperties: Record<string, Shape> = {
  TableName: 'string',
  AttributeDefinitions: list(object({ AttributeName: 'string', AttributeType: 'string' })),
  BillingMode: 'string',
  KeySchema: keySchema,
  GlobalSecondaryIndexes: list(
    object({ IndexName: 'string', KeySchema: keySchema, Projection: projection, ProvisionedThroughput: throughput }),
  ),
  LocalSecondaryIndexes: list(object({ IndexName: 'string', KeySchema: keySchema, Projection: projection })),
  ProvisionedThroughput: throughput,
  StreamSpecification: map('json'),
  TimeToLiveSpecification: object({ AttributeName: 'string', Enabled: 'boolean' }),
};

export interface TimeToLive {
  AttributeName?: string;
  Enabled: boolean;
}

/** Makes a table: CreateTable, and UpdateTimeToLive and UpdateContinuousBackups where they are asked for. */
export async function makeTable(
  { name, call }: Pick<Making<unknown>, 'name' | 'call'>,
  {
    table,
    timeToLive,
    pointInTimeRecovery,
  }: {
    table: Omit<CreateTableInput, 'TableName'> & { TableName?: string | undefined };
    timeToLive: TimeToLive | undefined;
    pointInTimeRecovery: boolean;
  },
): Promise<Made> {
  const TableName = table.TableName ?? name();
  const { TableDescription = {} } = await call<CreateTableOutput>('dynamodb', 'CreateTable', { ...table, TableName });
  if (timeToLive?.Enabled)
    await call('dynamodb', 'UpdateTimeToLive', { TableName, TimeToLiveSpecification: timeToLive });
  if (pointInTimeRecovery)
    await call('dynamodb', 'UpdateContinuousBackups', {
      TableName,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
  const { TableArn = '', TableId = '', LatestStreamArn } = TableDescription;
  return {
    ref: TableName,
    attributes: { Arn: TableArn, TableId, ...(LatestStreamArn !== undefined && { StreamArn: LatestStreamArn }) },
  };
}
