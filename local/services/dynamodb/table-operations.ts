import type {
  BillingModeSummary,
  CreateTableCommandInput,
  CreateTableCommandOutput,
  DeleteTableCommandInput,
  DeleteTableCommandOutput,
  DescribeTableCommandInput,
  DescribeTableCommandOutput,
  ListTablesCommandInput,
  TableDescription,
  UpdateTableCommandInput,
  UpdateTableCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { AwsError, type Call, type Operation } from '../../wire/service.ts';
import { resourcesOf, tableArn } from './arns.ts';
import type { Dynamo } from './dynamo.ts';
import { nameOf, type Table } from './tables.ts';

type Answer<Output> = Omit<Output, '$metadata'>;

/** CreateTable, DescribeTable, UpdateTable, DeleteTable and ListTables. Tables are active at once. */
export function tableOperations({ tables, ask }: Dynamo): Record<string, Operation> {
  const described = (description: TableDescription | undefined, table: Table | undefined): TableDescription => ({
    ...description,
    ...(table
      ? {
          CreationDateTime: table.createdAt,
          ...(description?.BillingModeSummary && {
            BillingModeSummary: billing(description.BillingModeSummary, table),
          }),
          DeletionProtectionEnabled: table.protected,
          ...(table.encryption === 'KMS' ? { SSEDescription: { Status: 'ENABLED', SSEType: 'KMS' } } : {}),
        }
      : {}),
  });

  const CreateTable: Operation<CreateTableCommandInput, Answer<CreateTableCommandOutput>> = {
    resources: resourcesOf,
    async run(input, call) {
      const { DeletionProtectionEnabled, SSESpecification, Tags, TableClass, ...rest } = input;
      refuseStreams(input);
      if (TableClass !== undefined && TableClass !== 'STANDARD') throw notHere(`TableClass ${TableClass}`);
      if (tables.find(input.TableName ?? '', call.region)) {
        throw new AwsError('ResourceInUseException', `Table already exists: ${input.TableName}`);
      }
      const answer = await ask<CreateTableCommandOutput>('CreateTable', rest, call);
      const table = tables.add(input.TableName ?? '', call.region);
      table.protected = DeletionProtectionEnabled ?? false;
      table.encryption = SSESpecification?.Enabled ? 'KMS' : 'AES256';
      if (Tags?.length) await ask('TagResource', { ResourceArn: tableArn(table.name, call), Tags }, call);
      return { TableDescription: described(answer.TableDescription, table) };
    },
  };
  const DescribeTable: Operation<DescribeTableCommandInput, Answer<DescribeTableCommandOutput>> = {
    resources: resourcesOf,
    async run(input, call) {
      const { Table } = await ask<DescribeTableCommandOutput>('DescribeTable', named(input), call);
      return { Table: described(Table, tables.find(nameOf(input.TableName), call.region)) };
    },
  };
  const UpdateTable: Operation<UpdateTableCommandInput, Answer<UpdateTableCommandOutput>> = {
    resources: resourcesOf,
    async run(input, call) {
      const { DeletionProtectionEnabled, SSESpecification, ...rest } = named(input);
      refuseStreams(input);
      const table = tables.get(nameOf(input.TableName), call.region);
      if (DeletionProtectionEnabled !== undefined) table.protected = DeletionProtectionEnabled;
      if (SSESpecification !== undefined) table.encryption = SSESpecification.Enabled ? 'KMS' : 'AES256';
      if (input.BillingMode === 'PAY_PER_REQUEST') table.onDemandAt = tables.now();
      // The engine insists on a change of its own.
      const operation = Object.keys(rest).length > 1 ? 'UpdateTable' : 'DescribeTable';
      const answer = await ask<UpdateTableCommandOutput & DescribeTableCommandOutput>(operation, rest, call);
      return { TableDescription: described(answer.TableDescription ?? answer.Table, table) };
    },
  };
  const DeleteTable: Operation<DeleteTableCommandInput, Answer<DeleteTableCommandOutput>> = {
    resources: resourcesOf,
    async run(input, call) {
      const table = tables.find(nameOf(input.TableName), call.region);
      if (table?.protected) {
        throw new AwsError(
          'ValidationException',
          'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
        );
      }
      const answer = await ask<DeleteTableCommandOutput>('DeleteTable', named(input), call);
      if (table) tables.delete(table);
      return { TableDescription: described(answer.TableDescription, table) };
    },
  };
  const ListTables: Operation<ListTablesCommandInput> = {
    run: (input: ListTablesCommandInput, call: Call) => ask('ListTables', input, call),
  };
  return { CreateTable, DescribeTable, UpdateTable, DeleteTable, ListTables };
}

/** The engine tells when by the clock of the machine. */
const billing = (summary: BillingModeSummary, { onDemandAt }: Table): BillingModeSummary => ({
  ...summary,
  ...(summary.LastUpdateToPayPerRequestDateTime && { LastUpdateToPayPerRequestDateTime: onDemandAt }),
});

/** The engine knows tables by name only. */
export const named = <Input extends { TableName?: string | undefined }>(input: Input): Input => ({
  ...input,
  TableName: nameOf(input.TableName),
});

function refuseStreams({ StreamSpecification }: Pick<CreateTableCommandInput, 'StreamSpecification'>): void {
  if (StreamSpecification?.StreamEnabled) throw notHere('StreamSpecification');
}

const notHere = (what: string): AwsError =>
  new AwsError('NotImplemented', `"${what}" of dynamodb is not part of the local AWS`, { status: 501 });
