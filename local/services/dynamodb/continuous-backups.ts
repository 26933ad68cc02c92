import type {
  ContinuousBackupsDescription,
  DescribeContinuousBackupsCommandInput,
  DescribeContinuousBackupsCommandOutput,
  UpdateContinuousBackupsCommandInput,
  UpdateContinuousBackupsCommandOutput,
} from '@aws-sdk/client-dynamodb';
import type { Operation } from '../../wire/service.ts';
import { resourcesOf } from './arns.ts';
import type { Dynamo } from './dynamo.ts';
import { nameOf, type Table } from './tables.ts';

type Answer<Output> = Omit<Output, '$metadata'>;

/** Source: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PointInTimeRecoveryDescription.html; checked 2026-11-22. */
const RECOVERY_DAYS = 35;

/** DescribeContinuousBackups and UpdateContinuousBackups: the setting, which nothing here restores from. */
export function continuousBackupsOperations({ tables }: Dynamo): Record<string, Operation> {
  const described = ({ recoveryDays }: Table): ContinuousBackupsDescription => ({
    ContinuousBackupsStatus: 'ENABLED',
    PointInTimeRecoveryDescription: recoveryDays
      ? { PointInTimeRecoveryStatus: 'ENABLED', RecoveryPeriodInDays: recoveryDays }
      : { PointInTimeRecoveryStatus: 'DISABLED' },
  });
  const UpdateContinuousBackups: Operation<
    UpdateContinuousBackupsCommandInput,
    Answer<UpdateContinuousBackupsCommandOutput>
  > = {
    resources: resourcesOf,
    run({ TableName, PointInTimeRecoverySpecification: wanted }, { region }) {
      const table = tables.get(nameOf(TableName), region, 'TableNotFoundException');
      const { PointInTimeRecoveryEnabled: enabled, RecoveryPeriodInDays = RECOVERY_DAYS } = wanted ?? {};
      table.recoveryDays = enabled ? RecoveryPeriodInDays : undefined;
      return { ContinuousBackupsDescription: described(table) };
    },
  };
  const DescribeContinuousBackups: Operation<
    DescribeContinuousBackupsCommandInput,
    Answer<DescribeContinuousBackupsCommandOutput>
  > = {
    resources: resourcesOf,
    run: ({ TableName }, { region }) => ({
      ContinuousBackupsDescription: described(tables.get(nameOf(TableName), region, 'TableNotFoundException')),
    }),
  };
  return { UpdateContinuousBackups, DescribeContinuousBackups };
}
