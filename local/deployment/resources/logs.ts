import type { ResourceType } from '../resource.ts';

/** AWS::Logs::LogGroup */
export const logGroup: ResourceType = {
  properties: ['LogGroupName', 'RetentionInDays'],
  async create({ LogGroupName, RetentionInDays }, { call, name, account, region }) {
    const logGroupName: string = LogGroupName ?? name(512);
    await call('logs', 'CreateLogGroup', { logGroupName });
    if (RetentionInDays) await call('logs', 'PutRetentionPolicy', { logGroupName, retentionInDays: RetentionInDays });
    return { ref: logGroupName, attributes: { Arn: `arn:aws:logs:${region}:${account}:log-group:${logGroupName}:*` } };
  },
};
