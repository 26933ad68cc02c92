import type {
  AttributeValue,
  DeleteItemCommandInput,
  DescribeTableCommandOutput,
  GetItemCommandOutput,
  PutItemCommandInput,
  UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { AwsError, type Call, type Operation } from '../../wire/service.ts';
import { resourcesOf, resourcesOfBatch } from './arns.ts';
import type { Dynamo } from './dynamo.ts';
import type { Sweeper } from './sweeper.ts';
import { named } from './table-operations.ts';
import { nameOf } from './tables.ts';

type Attributes = Record<string, AttributeValue>;
type ConditionalInput = PutItemCommandInput | UpdateItemCommandInput | DeleteItemCommandInput;

/** Reading and writing of items, alone and in batches. */
export function itemOperations(dynamo: Dynamo, sweeper: Sweeper): Record<string, Operation> {
  const { pass } = dynamo;
  const reading = (operation: string): Operation<{ TableName: string | undefined }> => ({
    resources: resourcesOf,
    run: (input, call) => pass(operation, named(input), call),
  });
  const writing = (operation: string): Operation<ConditionalInput> => ({
    resources: resourcesOf,
    async run({ ReturnValuesOnConditionCheckFailure, ...input }, call) {
      try {
        return await pass(operation, named(input), call);
      } catch (error) {
        if (!(error instanceof AwsError) || error.code !== 'ConditionalCheckFailedException') throw error;
        if (ReturnValuesOnConditionCheckFailure !== 'ALL_OLD') throw error;
        throw await withItem(dynamo, error, { input, call });
      } finally {
        sweeper.written(nameOf(input.TableName), call.region);
      }
    },
  });
  const batch = (operation: string): Operation<{ RequestItems: object | undefined }> => ({
    resources: resourcesOfBatch,
    async run({ RequestItems = {}, ...input }, call) {
      const byName = Object.fromEntries(Object.entries(RequestItems).map(([name, items]) => [nameOf(name), items]));
      const answer = await pass(operation, { ...input, RequestItems: byName }, call);
      if (operation === 'BatchWriteItem') for (const name of Object.keys(byName)) sweeper.written(name, call.region);
      return answer;
    },
  });
  return {
    GetItem: reading('GetItem'),
    Query: reading('Query'),
    Scan: reading('Scan'),
    PutItem: writing('PutItem'),
    UpdateItem: writing('UpdateItem'),
    DeleteItem: writing('DeleteItem'),
    BatchGetItem: batch('BatchGetItem'),
    BatchWriteItem: batch('BatchWriteItem'),
  };
}

/** The engine does not tell which item failed the condition, so it is read back. */
async function withItem(
  { ask }: Dynamo,
  error: AwsError,
  { input, call }: { input: Omit<ConditionalInput, 'ReturnValuesOnConditionCheckFailure'>; call: Call },
): Promise<AwsError> {
  const TableName = nameOf(input.TableName);
  const { Table } = await ask<DescribeTableCommandOutput>('DescribeTable', { TableName }, call);
  const given: Attributes = ('Item' in input ? (input.Item as Attributes) : (input as { Key?: Attributes }).Key) ?? {};
  const keys = Table?.KeySchema?.map(({ AttributeName = '' }) => AttributeName) ?? [];
  const Key = Object.fromEntries(keys.flatMap((key) => (given[key] ? [[key, given[key]]] : [])));
  const { Item } = await ask<GetItemCommandOutput>('GetItem', { TableName, Key, ConsistentRead: true }, call);
  return new AwsError(error.code, error.message, { status: 400, ...(Item ? { Item } : {}) });
}
