import { expect, test } from '@jest/globals';
import { createScheduler } from '../../../local/services/scheduler/service.ts';
import { awsCli, describeWithAwsCli } from '../../support/aws-cli.ts';
import { aFront } from '../../support/front.ts';

describeWithAwsCli('the AWS CLI', () => {
  test('makes a schedule in a group of its own, reads it and deletes both', async () => {
    const trust = {
      Statement: [
        { Effect: 'Allow' as const, Principal: { Service: 'scheduler.amazonaws.com' }, Action: 'sts:AssumeRole' },
      ],
    };
    const aws = await aFront({
      services: (host, dispatch) => [createScheduler(host, { dispatch, trustOf: () => trust as never }).service],
    });
    const scheduler = (...args: string[]) => awsCli(aws.url, 'scheduler', ...args);
    try {
      await scheduler('create-schedule-group', '--name', 'shop', '--tags', 'Key=site,Value=shop');
      const target = {
        Arn: 'arn:aws:lambda:us-east-1:123456789012:function:windows',
        RoleArn: 'arn:aws:iam::123456789012:role/Windows',
      };
      const made = await scheduler(
        ...['create-schedule', '--name', 'window', '--group-name', 'shop', '--target', JSON.stringify(target)],
        ...['--schedule-expression', 'cron(0 2 ? * SUN *)', '--schedule-expression-timezone', 'Europe/Berlin'],
        ...['--flexible-time-window', '{"Mode":"OFF"}'],
      );
      expect(made['ScheduleArn']).toBe('arn:aws:scheduler:us-east-1:123456789012:schedule/shop/window');
      expect(await scheduler('get-schedule', '--name', 'window', '--group-name', 'shop')).toMatchObject({
        GroupName: 'shop',
        ScheduleExpressionTimezone: 'Europe/Berlin',
        State: 'ENABLED',
      });
      expect(await scheduler('list-schedules')).toMatchObject({ Schedules: [{ Name: 'window' }] });
      await expect(scheduler('get-schedule', '--name', 'window')).rejects.toThrow(
        '(ResourceNotFoundException) when calling the GetSchedule operation: Schedule window does not exist.',
      );
      await scheduler('delete-schedule', '--name', 'window', '--group-name', 'shop');
      await scheduler('delete-schedule-group', '--name', 'shop');
    } finally {
      await aws.close();
    }
  });
});
