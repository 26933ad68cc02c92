import type { ResourceType } from '../resource.ts';

interface Replica {
  PointInTimeRecoverySpecification?: object;
}

/** AWS::DynamoDB::GlobalTable, with one replica: here. */
export const globalTable: ResourceType = {
  properties: [
    'TableName',
    'AttributeDefinitions',
    'KeySchema',
    'BillingMode',
    'GlobalSecondaryIndexes',
    'Replicas',
    'SSESpecification',
    'TimeToLiveSpecification',
  ],
  async create(
    {
      TableName,
      AttributeDefinitions,
      KeySchema,
      BillingMode,
      GlobalSecondaryIndexes,
      Replicas,
      TimeToLiveSpecification,
    },
    { call, name, account, region },
  ) {
    const table: string = TableName ?? name(255);
    await call('dynamodb', 'CreateTable', {
      TableName: table,
      AttributeDefinitions,
      KeySchema,
      BillingMode,
      ...(GlobalSecondaryIndexes && { GlobalSecondaryIndexes }),
    });
    if (TimeToLiveSpecification)
      await call('dynamodb', 'UpdateTimeToLive', { TableName: table, TimeToLiveSpecification });
    const recovery = (Replicas as Replica[])[0]?.PointInTimeRecoverySpecification;
    if (recovery) {
      await call('dynamodb', 'UpdateContinuousBackups', {
        TableName: table,
        PointInTimeRecoverySpecification: recovery,
      });
    }
    return { ref: table, attributes: { Arn: `arn:aws:dynamodb:${region}:${account}:table/${table}` } };
  },
};
