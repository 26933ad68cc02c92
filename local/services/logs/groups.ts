import type {
  CreateLogGroupRequest,
  DeleteLogGroupRequest,
  DeleteRetentionPolicyRequest,
  DescribeLogGroupsRequest,
  DescribeLogGroupsResponse,
  PutRetentionPolicyRequest,
} from '@aws-sdk/client-cloudwatch-logs';
import type { Host } from '../../host.ts';
import { AwsError, type Call, type Operation } from '../../wire/service.ts';
import { checkGroupName, checkLimit } from './constraints.ts';
import { logGroupArn } from './log-group-name.ts';
import type { LogStore } from './log-store.ts';
import { page } from './page.ts';

/**
 * The retentions that PutRetentionPolicy takes, in days.
 * Source: CloudWatch Logs API Reference, PutRetentionPolicy, `retentionInDays`; checked 2026-11-22.
 */
const retentionsInDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const onGroup = ({ logGroupName }: { logGroupName?: string | undefined }, call: Call): string[] => [
  `${logGroupArn(call.region, call.account, logGroupName ?? '')}:*`,
];

/** CreateLogGroup: fails when the name is taken. */
export const createLogGroup = (host: Host, store: LogStore): Operation<CreateLogGroupRequest, object> => ({
  resources: onGroup,
  run({ logGroupName, tags }, { region }) {
    const name = logGroupName ?? '';
    checkGroupName(name);
    const groups = store.groups(region);
    if (groups.has(name))
      throw new AwsError('ResourceAlreadyExistsException', 'The specified log group already exists');
    groups.set(name, {
      name,
      createdAt: host.clock.now().getTime(),
      retentionInDays: undefined,
      tags: { ...tags },
      streams: new Map(),
    });
    return {};
  },
});

/** DeleteLogGroup: the group, its streams and all they hold. */
export const deleteLogGroup = (store: LogStore): Operation<DeleteLogGroupRequest, object> => ({
  resources: onGroup,
  run({ logGroupName }, { region }) {
    store.groups(region).delete(store.group(region, logGroupName ?? '').name);
    return {};
  },
});

/** DescribeLogGroups: by name, by prefix or by a part of the name; 50 a page. */
export const describeLogGroups = (store: LogStore): Operation<DescribeLogGroupsRequest, DescribeLogGroupsResponse> => ({
  resources: (_, call) => [`${logGroupArn(call.region, call.account, '')}:*`],
  run({ logGroupNamePrefix, logGroupNamePattern, nextToken, limit = 50 }, { region, account }) {
    checkLimit(limit, 50);
    if (logGroupNamePrefix !== undefined && logGroupNamePattern !== undefined) {
      const message = 'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.';
      throw new AwsError('InvalidParameterException', message);
    }
    const found = [...store.groups(region).values()]
      .filter(({ name }) => name.startsWith(logGroupNamePrefix ?? '') && name.includes(logGroupNamePattern ?? ''))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const { items, ...next } = page(found, { token: nextToken, limit });
    return {
      logGroups: items.map((group) => ({
        logGroupName: group.name,
        creationTime: group.createdAt,
        ...(group.retentionInDays !== undefined && { retentionInDays: group.retentionInDays }),
        metricFilterCount: 0,
        arn: `${logGroupArn(region, account, group.name)}:*`,
        logGroupArn: logGroupArn(region, account, group.name),
        storedBytes: [...group.streams.values()]
          .flatMap(({ events }) => events)
          .reduce((bytes, { message }) => bytes + Buffer.byteLength(message), 0),
        logGroupClass: 'STANDARD',
      })),
      ...next,
    };
  },
});

/** PutRetentionPolicy: one of the lengths AWS offers. */
export const putRetentionPolicy = (store: LogStore): Operation<PutRetentionPolicyRequest, object> => ({
  resources: onGroup,
  run({ logGroupName, retentionInDays }, { region }) {
    if (!retentionsInDays.includes(retentionInDays ?? 0))
      throw new AwsError(
        'InvalidParameterException',
        `1 validation error detected: Value '${retentionInDays}' at 'retentionInDays' failed to satisfy constraint: ` +
          `Member must satisfy enum value set: [${retentionsInDays.join(', ')}]`,
      );
    store.group(region, logGroupName ?? '').retentionInDays = retentionInDays;
    return {};
  },
});

/** DeleteRetentionPolicy: what is logged never expires again. */
export const deleteRetentionPolicy = (store: LogStore): Operation<DeleteRetentionPolicyRequest, object> => ({
  resources: onGroup,
  run({ logGroupName }, { region }) {
    store.group(region, logGroupName ?? '').retentionInDays = undefined;
    return {};
  },
});
