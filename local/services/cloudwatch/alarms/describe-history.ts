import type { DescribeAlarmHistoryInput, DescribeAlarmHistoryOutput } from '@aws-sdk/client-cloudwatch';
import type { Operation } from '../../../wire/service.ts';
import { page } from '../page.ts';
import type { Alarms } from './alarms.ts';
import type { AlarmHistory, Item } from './history.ts';

/** DescribeAlarmHistory: newest first unless told otherwise; of alarms on metrics alone, as there are no others here. */
export const describeAlarmHistory = (
  history: AlarmHistory,
  alarms: Alarms,
): Operation<DescribeAlarmHistoryInput, DescribeAlarmHistoryOutput> => ({
  resources: ({ AlarmName = '*' }, { region }) => [alarms.arn(AlarmName, region)],
  run({ ScanBy = 'TimestampDescending', NextToken, MaxRecords, ...wanted }, { region }) {
    const found = history.of(region).filter((item) => isWanted(item, wanted));
    const { items, ...next } = page(ScanBy === 'TimestampAscending' ? found : found.toReversed(), {
      NextToken,
      size: MaxRecords ?? 100,
    });
    return { AlarmHistoryItems: items, ...next };
  },
});

function isWanted(
  item: Item,
  { AlarmName, AlarmTypes, AlarmContributorId, HistoryItemType, StartDate, EndDate }: DescribeAlarmHistoryInput,
): boolean {
  return (
    (AlarmName === undefined || item.AlarmName === AlarmName) &&
    (!AlarmTypes?.length || AlarmTypes.includes('MetricAlarm')) &&
    AlarmContributorId === undefined &&
    (HistoryItemType === undefined || item.HistoryItemType === HistoryItemType) &&
    (StartDate === undefined || item.Timestamp >= StartDate) &&
    (EndDate === undefined || item.Timestamp <= EndDate)
  );
}
