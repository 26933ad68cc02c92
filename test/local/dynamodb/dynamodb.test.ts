import {
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  ListTablesCommand,
  ListTagsOfResourceCommand,
  TagResourceCommand,
  TransactWriteItemsCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createDynamodb } from '../../../local/services/dynamodb/service.ts';
import { type AFront, aFront } from '../../support/front.ts';

const TABLE = 'ledger';
const ARN = `arn:aws:dynamodb:us-east-1:123456789012:table/${TABLE}`;
const NOW = Date.parse('2026-11-22T12:00:00Z') / 1000;

let aws: AFront;
let client: DynamoDBClient;
let documents: DynamoDBDocumentClient;

const table = new CreateTableCommand({
  TableName: TABLE,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: ['pk', 'sk', 'gsi1pk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'gsi1',
      KeySchema: [{ AttributeName: 'gsi1pk', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
  Tags: [{ Key: 'nameplate:stack', Value: 'Nameplate' }],
  DeletionProtectionEnabled: true,
  SSESpecification: { Enabled: true },
});

beforeEach(async () => {
  aws = await aFront({ services: (host) => [createDynamodb(host).service] });
  client = aws.client(DynamoDBClient);
  documents = DynamoDBDocumentClient.from(client);
  await client.send(table);
});
afterEach(() => aws.close());

const put = (item: Record<string, unknown>) => documents.send(new PutCommand({ TableName: TABLE, Item: item }));
const get = async (pk: string, sk = 'a') =>
  (await documents.send(new GetCommand({ TableName: TABLE, Key: { pk, sk }, ConsistentRead: true }))).Item;

describe('tables', () => {
  test('are described with what was asked for, created in AWS time', async () => {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: TABLE }));
    expect(Table).toMatchObject({
      TableArn: ARN,
      TableStatus: 'ACTIVE',
      DeletionProtectionEnabled: true,
      SSEDescription: { Status: 'ENABLED', SSEType: 'KMS' },
    });
    expect(Table?.CreationDateTime?.toISOString()).toMatch(/^2026-11-22T12:0/);
    expect(Table?.BillingModeSummary?.LastUpdateToPayPerRequestDateTime?.toISOString()).toMatch(/^2026-11-22T12:0/);
  });

  test('are known by their ARN too', async () => {
    expect((await client.send(new DescribeTableCommand({ TableName: ARN }))).Table?.TableName).toBe(TABLE);
  });

  test('carry tags', async () => {
    expect((await client.send(new ListTagsOfResourceCommand({ ResourceArn: ARN }))).Tags).toEqual([
      { Key: 'nameplate:stack', Value: 'Nameplate' },
    ]);
  });

  test('are not deleted while they are protected', async () => {
    await expect(client.send(new DeleteTableCommand({ TableName: TABLE }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
    await client.send(new UpdateTableCommand({ TableName: TABLE, DeletionProtectionEnabled: false }));
    await client.send(new DeleteTableCommand({ TableName: TABLE }));
    expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual([]);
  });

  test('belong to their region', async () => {
    const elsewhere = aws.client(DynamoDBClient, { region: 'eu-west-1' });
    await expect(elsewhere.send(new DescribeTableCommand({ TableName: TABLE }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: `Requested resource not found: Table: ${TABLE} not found`,
    });
    await elsewhere.send(table);
    const { Table } = await elsewhere.send(new DescribeTableCommand({ TableName: TABLE }));
    expect(Table?.TableArn).toBe(`arn:aws:dynamodb:eu-west-1:123456789012:table/${TABLE}`);
  });

  test('exist once', async () => {
    await expect(client.send(table)).rejects.toMatchObject({
      name: 'ResourceInUseException',
      message: `Table already exists: ${TABLE}`,
    });
  });
});

describe('items', () => {
  test('keep every type', async () => {
    const item = {
      pk: 'SITE#ä',
      sk: 'a',
      number: 1.5,
      yes: true,
      nothing: null,
      list: ['a', 2, { deep: [] }],
      map: { empty: {}, text: '<"\u{1F512}' },
      set: new Set(['x', 'y']),
      bytes: Uint8Array.from([0, 255]),
    };
    await put(item);
    expect(await get('SITE#ä')).toEqual(item);
  });

  test('are updated, queried by table and index, scanned, fetched in batches and deleted', async () => {
    await put({ pk: 'p', sk: 'a', gsi1pk: 'SITES', n: 1 });
    await put({ pk: 'p', sk: 'b', gsi1pk: 'SITES' });
    const updated = await documents.send(
      new UpdateCommand({
        TableName: TABLE,
        Key: { pk: 'p', sk: 'a' },
        UpdateExpression: 'SET n = n + :one',
        ExpressionAttributeValues: { ':one': 1 },
        ReturnValues: 'ALL_NEW',
      }),
    );
    expect(updated.Attributes?.n).toBe(2);
    const byKey = { TableName: TABLE, KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: { ':p': 'p' } };
    expect((await documents.send(new QueryCommand(byKey))).Items).toHaveLength(2);
    const byIndex = { TableName: TABLE, IndexName: 'gsi1', KeyConditionExpression: 'gsi1pk = :s' };
    const index = await documents.send(new QueryCommand({ ...byIndex, ExpressionAttributeValues: { ':s': 'SITES' } }));
    expect(index.Items).toHaveLength(2);
    const batch = await documents.send(
      new BatchGetCommand({ RequestItems: { [TABLE]: { Keys: [{ pk: 'p', sk: 'b' }] } } }),
    );
    expect(batch.Responses?.[TABLE]).toHaveLength(1);
    await documents.send(new DeleteCommand({ TableName: TABLE, Key: { pk: 'p', sk: 'a' } }));
    expect((await documents.send(new ScanCommand({ TableName: TABLE }))).Items).toHaveLength(1);
  });

  test('are written only when the condition holds, and the one in the way is shown when asked for', async () => {
    await put({ pk: 'p', sk: 'a', owner: 'first' });
    const write = {
      TableName: TABLE,
      Item: { pk: 'p', sk: 'a', owner: 'second' },
      ConditionExpression: 'attribute_not_exists(pk)',
    };
    await expect(documents.send(new PutCommand(write))).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
      message: 'The conditional request failed',
      Item: undefined,
    });
    await expect(
      documents.send(new PutCommand({ ...write, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' })),
    ).rejects.toMatchObject({ name: 'ConditionalCheckFailedException', Item: { owner: { S: 'first' } } });
    await expect(
      documents.send(
        new UpdateCommand({
          TableName: TABLE,
          Key: { pk: 'none', sk: 'a' },
          UpdateExpression: 'SET a = :b',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeValues: { ':b': 1 },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      ),
    ).rejects.toMatchObject({ name: 'ConditionalCheckFailedException', Item: undefined });
    expect(await get('p')).toMatchObject({ owner: 'first' });
  });

  test("are judged by DynamoDB's own rules", async () => {
    await expect(put({ pk: 'p' })).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'One or more parameter values were invalid: Missing the key sk in the item',
    });
  });
});

describe('time to live', () => {
  const enable = (Enabled = true, AttributeName = 'expiresAt') =>
    client.send(new UpdateTimeToLiveCommand({ TableName: TABLE, TimeToLiveSpecification: { Enabled, AttributeName } }));

  test('is off, on, and off again', async () => {
    const describe = async () =>
      (await client.send(new DescribeTimeToLiveCommand({ TableName: TABLE }))).TimeToLiveDescription;
    expect(await describe()).toEqual({ TimeToLiveStatus: 'DISABLED' });
    await enable();
    expect(await describe()).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAt' });
    await expect(enable()).rejects.toMatchObject({ message: 'TimeToLive is already enabled' });
    await expect(enable(false, 'other')).rejects.toThrow('different AttributeName');
    await enable(false);
    expect(await describe()).toEqual({ TimeToLiveStatus: 'DISABLED' });
  });

  test('removes an item hours after it expired, and leaves the others', async () => {
    await enable();
    await put({ pk: 'soon', sk: 'a', expiresAt: NOW + 3600 });
    await put({ pk: 'later', sk: 'a', expiresAt: NOW + 30 * 24 * 3600 });
    await put({ pk: 'never', sk: 'a' });
    await put({ pk: 'text', sk: 'a', expiresAt: 'yesterday' });
    await put({ pk: 'ancient', sk: 'a', expiresAt: NOW - 6 * 365 * 24 * 3600 });
    await aws.clock.advance(3600 * 1000);
    expect(await get('soon')).toBeDefined();
    await aws.clock.advance(24 * 3600 * 1000);
    expect(await get('soon')).toBeUndefined();
    for (const pk of ['later', 'never', 'text', 'ancient']) expect(await get(pk)).toBeDefined();
    await aws.clock.advance(31 * 24 * 3600 * 1000);
    expect(await get('later')).toBeUndefined();
  });

  test('takes what was written in a batch and before it was enabled', async () => {
    const item = { pk: { S: 'b' }, sk: { S: 'a' }, expiresAt: { N: String(NOW + 60) } };
    await client.send(new BatchWriteItemCommand({ RequestItems: { [TABLE]: [{ PutRequest: { Item: item } }] } }));
    await enable();
    await aws.clock.advance(24 * 3600 * 1000);
    expect(await get('b')).toBeUndefined();
  });

  test('does nothing once it is disabled', async () => {
    await enable();
    await put({ pk: 'p', sk: 'a', expiresAt: NOW + 60 });
    await enable(false);
    await aws.clock.advance(7 * 24 * 3600 * 1000);
    expect(await get('p')).toBeDefined();
  });

  test('keeps no timer for a table in which nothing expires', async () => {
    await enable();
    await put({ pk: 'p', sk: 'a' });
    await expect(aws.clock.until(() => false)).rejects.toThrow('nothing is left to happen');
  });
});

test('backups are a setting', async () => {
  const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 7 };
  await client.send(new UpdateContinuousBackupsCommand({ TableName: TABLE, PointInTimeRecoverySpecification }));
  const { ContinuousBackupsDescription } = await client.send(
    new DescribeContinuousBackupsCommand({ TableName: TABLE }),
  );
  expect(ContinuousBackupsDescription?.PointInTimeRecoveryDescription).toMatchObject({
    PointInTimeRecoveryStatus: 'ENABLED',
    RecoveryPeriodInDays: 7,
  });
  await expect(client.send(new DescribeContinuousBackupsCommand({ TableName: 'none' }))).rejects.toMatchObject({
    name: 'TableNotFoundException',
  });
});

test('transactions are not part of it, and the answer says so', async () => {
  await expect(client.send(new TransactWriteItemsCommand({ TransactItems: [] }))).rejects.toThrow(
    '"TransactWriteItems" of dynamodb is not part of the local AWS',
  );
});

test('a role needs permission on the table, or on the index that it reads', async () => {
  const credentials = aws.role({ Effect: 'Allow', Action: ['dynamodb:Query', 'dynamodb:GetItem'], Resource: ARN });
  const reader = DynamoDBDocumentClient.from(aws.client(DynamoDBClient, { credentials }));
  await reader.send(new GetCommand({ TableName: TABLE, Key: { pk: 'p', sk: 'a' } }));
  await expect(reader.send(new DeleteCommand({ TableName: TABLE, Key: { pk: 'p', sk: 'a' } }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringMatching(/is not authorized to perform: dynamodb:DeleteItem on resource: arn:aws:dynamodb/),
  });
  const byIndex = { TableName: TABLE, IndexName: 'gsi1', KeyConditionExpression: 'gsi1pk = :s' };
  await expect(reader.send(new QueryCommand({ ...byIndex, ExpressionAttributeValues: { ':s': 'x' } }))).rejects.toThrow(
    `on resource: ${ARN}/index/gsi1 because`,
  );
});

test.each([
  [
    'a time to live of no attribute',
    new UpdateTimeToLiveCommand({ TableName: TABLE, TimeToLiveSpecification: { Enabled: true, AttributeName: '' } }),
    "Value '' at 'timeToLiveSpecification.attributeName' failed to satisfy constraint: Member must have length greater",
  ],
  [
    'a recovery of 36 days',
    new UpdateContinuousBackupsCommand({
      TableName: TABLE,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 36 },
    }),
    "Value '36' at 'pointInTimeRecoverySpecification.recoveryPeriodInDays' failed to satisfy constraint: Member must have value less",
  ],
  [
    'a tag of 129 characters',
    new TagResourceCommand({ ResourceArn: 'arn:aws:dynamodb', Tags: [{ Key: 'k'.repeat(129), Value: '' }] }),
    "at 'tags.1.member.key' failed to satisfy constraint: Member must have length less than or equal to 128",
  ],
])('%s is refused in the words of all that breaks a constraint', async (_, command, words) => {
  await expect(client.send(command as UpdateTimeToLiveCommand)).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining(words),
  });
});
