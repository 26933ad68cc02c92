import type { CreateTableInput } from '@aws-sdk/client-dynamodb';
import type { Provider } from '../provider.ts';
import { object, tags } from '../shape.ts';
import { makeTable, type TimeToLive, tableProperties } from './table.ts';

interface TableProperties extends Omit<CreateTableInput, 'SSESpecification'> {
  TimeToLiveSpecification?: TimeToLive;
  PointInTimeRecoverySpecification?: { PointInTimeRecoveryEnabled?: boolean };
  SSESpecification?: { SSEEnabled?: boolean } & Record<string, unknown>;
}

/** AWS::DynamoDB::Table, by CreateTable. */
export const dynamoDbTable: Provider<TableProperties> = {
  type: 'AWS::DynamoDB::Table',
  properties: {
    ...tableProperties,
    DeletionProtectionEnabled: 'boolean',
    PointInTimeRecoverySpecification: object({ PointInTimeRecoveryEnabled: 'boolean' }),
    SSESpecification: object({ SSEEnabled: 'boolean', SSEType: 'string', KMSMasterKeyId: 'string' }),
    Tags: tags,
  },
  async create(making) {
    const { TimeToLiveSpecification, PointInTimeRecoverySpecification, SSESpecification, ...table } = making.properties;
    return await makeTable(making, {
      table: { ...table, ...(SSESpecification && { SSESpecification: { Enabled: SSESpecification.SSEEnabled } }) },
      timeToLive: TimeToLiveSpecification,
      pointInTimeRecovery: PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled === true,
    });
  },
};
