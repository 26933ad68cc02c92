import { once } from 'node:events';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import type { Ledger } from '../../aws/ledger/ledger.ts';

// dynalite has no types.
const dynalite: (options: { createTableMs: number }) => Server = createRequire(import.meta.url)('dynalite');

/** A ledger of its own for each test, in a real DynamoDB server that runs inside the test process. */
export interface TestLedger extends Ledger {
  /** Every item of the table, keys included, in the order of the keys: for comparing before and after. */
  everything(): Promise<Record<string, unknown>[]>;
  /** What the kill switch says from now on in this test, which is "allowed" at first; an error is thrown at whoever asks. */
  killSwitch(says: string | Error): void;
}

let count = 0;

/**
 * Starts DynamoDB for the tests of this file, gives each test an empty table and tells the functions of it through
 * their environment, as of a kill switch that allows everything.
 */
export function useLedger(): TestLedger {
  const server = dynalite({ createTableMs: 0 });
  const ledger = {} as TestLedger;
  const ssm = mockClient(SSMClient);
  ledger.killSwitch = (says) => {
    const asked = ssm.on(GetParameterCommand);
    if (says instanceof Error) asked.rejects(says);
    else asked.resolves({ Parameter: { Value: says } });
  };
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    Object.assign(process.env, {
      AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${port}`,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      EVENT_BUS_NAME: 'nameplate',
      STACK_NAME: 'Nameplate',
      INSTANCE_PROFILE: 'Nameplate-Instances',
      ACCOUNT_ID: '123456789012',
      TENANT_OPERATIONS: '100',
      TENANT_SHARE_PERCENT: '50',
      STATE_MACHINE_ARN: 'arn:aws:states:us-east-1:123456789012:stateMachine:Onboard',
      UNDO_STATE_MACHINE_ARN: 'arn:aws:states:us-east-1:123456789012:stateMachine:Undo',
      PROVE_FUNCTION: 'ProvePage',
      CARE_FUNCTION: 'CareForSite',
      REPAIR_FUNCTION: 'RepairSite',
      SCHEDULE_GROUP: 'Nameplate',
      SCHEDULE_ROLE_ARN: 'arn:aws:iam::123456789012:role/SchedulerRole',
      FOLLOW_FUNCTION_ARN: 'arn:aws:lambda:us-east-1:123456789012:function:FollowWindow',
      SWITCH_STATE_MACHINE_ARN: 'arn:aws:states:us-east-1:123456789012:stateMachine:Switch',
    });
    const marshallOptions = { removeUndefinedValues: true };
    ledger.documents = DynamoDBDocumentClient.from(new DynamoDBClient({}), { marshallOptions });
    ledger.everything = async () => {
      const { Items = [] } = await ledger.documents.send(new ScanCommand({ TableName: ledger.table }));
      return Items.sort((one, other) => keyOf(one).localeCompare(keyOf(other)));
    };
  });
  beforeEach(async () => {
    count += 1;
    ledger.table = `ledger-${count}`;
    // A name of its own: what a test before has seen of the switch is no longer believed.
    Object.assign(process.env, { TABLE_NAME: ledger.table, MUTATION_PARAMETER: `/nameplate/${ledger.table}/mutation` });
    ssm.reset();
    ledger.killSwitch('allowed');
    await ledger.documents.send(tableLike(ledger.table));
    await untilActive(ledger);
  });
  afterAll(async () => {
    (ledger.documents as DynamoDBDocumentClient).destroy();
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  return ledger;
}

const keyOf = ({ pk, sk }: Record<string, unknown>) => `${pk} ${sk}`;

/** CreateTable answers before the table is there, as DynamoDB's own does. */
async function untilActive({ documents, table }: Ledger): Promise<void> {
  const described = await documents.send(new DescribeTableCommand({ TableName: table }));
  if (described.Table?.TableStatus !== 'ACTIVE') await untilActive({ documents, table });
}

function tableLike(TableName: string): CreateTableCommand {
  const key = (AttributeName: string, KeyType: 'HASH' | 'RANGE') => ({ AttributeName, KeyType });
  return new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['pk', 'sk', 'gsi1pk', 'gsi1sk'].map((AttributeName) => ({
      AttributeName,
      AttributeType: 'S',
    })),
    KeySchema: [key('pk', 'HASH'), key('sk', 'RANGE')],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'gsi1',
        KeySchema: [key('gsi1pk', 'HASH'), key('gsi1sk', 'RANGE')],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  });
}
