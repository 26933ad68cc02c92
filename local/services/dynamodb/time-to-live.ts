import type {
  DescribeTimeToLiveCommandInput,
  DescribeTimeToLiveCommandOutput,
  UpdateTimeToLiveCommandInput,
  UpdateTimeToLiveCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { AwsError, type Operation } from '../../wire/service.ts';
import { resourcesOf } from './arns.ts';
import type { Dynamo } from './dynamo.ts';
import type { Sweeper } from './sweeper.ts';
import { nameOf } from './tables.ts';

type Answer<Output> = Omit<Output, '$metadata'>;

/** UpdateTimeToLive and DescribeTimeToLive. Changes hold at once, though AWS takes up to an hour. */
export function timeToLiveOperations({ tables }: Dynamo, sweeper: Sweeper): Record<string, Operation> {
  const UpdateTimeToLive: Operation<UpdateTimeToLiveCommandInput, Answer<UpdateTimeToLiveCommandOutput>> = {
    resources: resourcesOf,
    run({ TableName, TimeToLiveSpecification }, { region }) {
      const table = tables.get(nameOf(TableName), region);
      const { Enabled: enabled = false, AttributeName: attribute = '' } = TimeToLiveSpecification ?? {};
      const was = table.timeToLive?.enabled ?? false;
      if (enabled === was) {
        throw new AwsError('ValidationException', `TimeToLive is already ${enabled ? 'enabled' : 'disabled'}`);
      }
      if (!enabled && table.timeToLive?.attribute !== attribute) {
        const message = `TimeToLive is active on a different AttributeName: current AttributeName is ${table.timeToLive?.attribute}`;
        throw new AwsError('ValidationException', message);
      }
      table.timeToLive = { attribute, enabled };
      sweeper.written(table.name, region);
      return { TimeToLiveSpecification: { Enabled: enabled, AttributeName: attribute } };
    },
  };
  const DescribeTimeToLive: Operation<DescribeTimeToLiveCommandInput, Answer<DescribeTimeToLiveCommandOutput>> = {
    resources: resourcesOf,
    run({ TableName }, { region }) {
      const { timeToLive } = tables.get(nameOf(TableName), region);
      return {
        TimeToLiveDescription: timeToLive?.enabled
          ? { TimeToLiveStatus: 'ENABLED', AttributeName: timeToLive.attribute }
          : { TimeToLiveStatus: 'DISABLED' },
      };
    },
  };
  return { UpdateTimeToLive, DescribeTimeToLive };
}
