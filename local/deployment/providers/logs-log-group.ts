import { type Provider, type Tag, tagMap } from '../provider.ts';
import { tags } from '../shape.ts';

interface LogGroupProperties {
  LogGroupName?: string;
  LogGroupClass?: string;
  RetentionInDays?: number;
  Tags?: Tag[];
}

/** AWS::Logs::LogGroup, by CreateLogGroup and PutRetentionPolicy. Its `Arn` ends in ":*", as AWS's does. */
export const logsLogGroup: Provider<LogGroupProperties> = {
  type: 'AWS::Logs::LogGroup',
  properties: { LogGroupName: 'string', LogGroupClass: 'string', RetentionInDays: 'number', Tags: tags },
  async create({ properties: { LogGroupName, LogGroupClass, RetentionInDays, Tags }, name, call, region, account }) {
    const logGroupName = LogGroupName ?? name();
    await call('logs', 'CreateLogGroup', {
      logGroupName,
      ...(LogGroupClass !== undefined && { logGroupClass: LogGroupClass }),
      ...(Tags && { tags: tagMap(Tags) }),
    });
    if (RetentionInDays !== undefined)
      await call('logs', 'PutRetentionPolicy', { logGroupName, retentionInDays: RetentionInDays });
    return { ref: logGroupName, attributes: { Arn: `arn:aws:logs:${region}:${account}:log-group:${logGroupName}:*` } };
  },
  async delete(call, { made: { ref: logGroupName } }) {
    await call('logs', 'DeleteLogGroup', { logGroupName });
  },
};
