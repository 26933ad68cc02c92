import { type CloudWatchClient, DescribeAlarmsCommand, type MetricAlarm } from '@aws-sdk/client-cloudwatch';

/** Source: CloudWatch API Reference, "DescribeAlarms"; checked 2026-11-30. */
const MOST = 100;

/** The alarms on single metrics whose names begin so, all pages. `cloudwatch` asks the region of the alarms. */
export async function listAlarms(cloudwatch: CloudWatchClient, prefix: string): Promise<MetricAlarm[]> {
  const alarms: MetricAlarm[] = [];
  let NextToken: string | undefined;
  do {
    const asked = {
      AlarmTypes: ['MetricAlarm' as const],
      MaxRecords: MOST,
      AlarmNamePrefix: prefix,
    };
    const page = await cloudwatch.send(
      new DescribeAlarmsCommand({ ...asked, ...(NextToken !== undefined && { NextToken }) }),
    );
    alarms.push(...(page.MetricAlarms ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return alarms;
}
