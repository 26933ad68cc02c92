import type { CreateTableInput } from '@aws-sdk/client-dynamodb';
import { DeploymentError } from '../deployment-error.ts';
import type { Provider, Tag } from '../provider.ts';
import { list, object, tags } from '../shape.ts';
import { makeTable, type TimeToLive, tableProperties } from './table.ts';

interface Replica {
  Region: string;
  DeletionProtectionEnabled?: boolean;
  PointInTimeRecoverySpecification?: { PointInTimeRecoveryEnabled?: boolean };
  TableClass?: CreateTableInput['TableClass'];
  Tags?: Tag[];
}

interface GlobalTableProperties extends Omit<CreateTableInput, 'SSESpecification'> {
  Replicas?: Replica[];
  TimeToLiveSpecification?: TimeToLive;
  SSESpecification?: { SSEEnabled?: boolean } & Record<string, unknown>;
}

/** AWS::DynamoDB::GlobalTable (what CDK's TableV2 makes), by CreateTable; with one replica, in the stack's own region. */
export const dynamoDbGlobalTable: Provider<GlobalTableProperties> = {
  type: 'AWS::DynamoDB::GlobalTable',
  properties: {
    ...tableProperties,
    SSESpecification: object({ SSEEnabled: 'boolean', SSEType: 'string' }),
    Replicas: list(
      object({
        Region: 'string',
        DeletionProtectionEnabled: 'boolean',
        GlobalSecondaryIndexes: list(object({ IndexName: 'string' })),
        PointInTimeRecoverySpecification: object({ PointInTimeRecoveryEnabled: 'boolean' }),
        TableClass: 'string',
        Tags: tags,
      }),
    ),
  },
  async create(making) {
    const { Replicas = [], TimeToLiveSpecification, SSESpecification, ...table } = making.properties;
    const [replica] = Replicas;
    if (!replica || Replicas.length > 1 || replica.Region !== making.region)
      throw new DeploymentError(`the local AWS keeps a table in one region: exactly one replica, in ${making.region}`);
    const { DeletionProtectionEnabled, TableClass, Tags, PointInTimeRecoverySpecification } = replica;
    return await makeTable(making, {
      table: {
        ...table,
        ...(SSESpecification && { SSESpecification: { Enabled: SSESpecification.SSEEnabled } }),
        ...(DeletionProtectionEnabled !== undefined && { DeletionProtectionEnabled }),
        ...(TableClass !== undefined && { TableClass }),
        ...(Tags && { Tags }),
      },
      timeToLive: TimeToLiveSpecification,
      pointInTimeRecovery: PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled === true,
    });
  },
};
