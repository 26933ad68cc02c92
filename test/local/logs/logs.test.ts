import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  ListTagsForResourceCommand,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
  TagResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createLogs, type LogSink } from '../../../local/services/logs/service.ts';
import { type AFront, aFront } from '../../support/front.ts';

const at = new Date('2026-11-22T12:00:00Z').getTime();
const logGroupName = '/aws/lambda/f';

describe('CloudWatch Logs', () => {
  let aws: AFront;
  let logs: CloudWatchLogsClient;
  let sink: LogSink;
  beforeEach(async () => {
    aws = await aFront({
      services: (host) => {
        const made = createLogs(host);
        sink = made.sink;
        return [made.service];
      },
    });
    logs = aws.client(CloudWatchLogsClient);
  });
  afterEach(async () => {
    await aws.close();
  });

  const write = (stream: string, ...messages: string[]) =>
    sink.write(
      { region: 'us-east-1', group: logGroupName, stream },
      messages.map((message, index) => ({ at: new Date(at + index), message })),
    );

  test('makes a group once, tells its ARN and retention, and forgets it', async () => {
    await logs.send(new CreateLogGroupCommand({ logGroupName, tags: { a: '1' } }));
    await expect(logs.send(new CreateLogGroupCommand({ logGroupName }))).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
      message: 'The specified log group already exists',
    });
    await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 90 }));
    const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/aws' }));
    expect(logGroups).toMatchObject([
      {
        logGroupName,
        retentionInDays: 90,
        creationTime: expect.any(Number),
        arn: `arn:aws:logs:us-east-1:123456789012:log-group:${logGroupName}:*`,
      },
    ]);
    await logs.send(new DeleteLogGroupCommand({ logGroupName }));
    await expect(logs.send(new DescribeLogStreamsCommand({ logGroupName }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The specified log group does not exist.',
    });
  });

  test('refuses a retention that AWS does not offer', async () => {
    await logs.send(new CreateLogGroupCommand({ logGroupName }));
    await expect(logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 2 }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  test('drops what is older than its retention', async () => {
    write('a', 'old');
    await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 1 }));
    await aws.clock.advance(2 * 86_400_000);
    sink.write({ region: 'us-east-1', group: logGroupName, stream: 'a' }, [{ at: aws.clock.now(), message: 'new' }]);
    const { events } = await logs.send(new FilterLogEventsCommand({ logGroupName }));
    expect(events?.map(({ message }) => message)).toEqual(['new']);
  });

  test('takes events in the order of time and pages through a stream both ways', async () => {
    await logs.send(new CreateLogGroupCommand({ logGroupName }));
    await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName: 's' }));
    const events = ['a', 'b', 'c'].map((message, index) => ({ message, timestamp: at + index }));
    const put = { logGroupName, logStreamName: 's' };
    await expect(logs.send(new PutLogEventsCommand({ ...put, logEvents: events.toReversed() }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    await logs.send(new PutLogEventsCommand({ ...put, logEvents: events }));
    const first = await logs.send(new GetLogEventsCommand({ ...put, startFromHead: true, limit: 2 }));
    expect(first.events?.map(({ message }) => message)).toEqual(['a', 'b']);
    const next = await logs.send(new GetLogEventsCommand({ ...put, nextToken: first.nextForwardToken ?? '' }));
    expect(next.events?.map(({ message }) => message)).toEqual(['c']);
    const newest = await logs.send(new GetLogEventsCommand({ ...put, limit: 1 }));
    expect(newest.events?.map(({ message }) => message)).toEqual(['c']);
    const before = await logs.send(new GetLogEventsCommand({ ...put, nextToken: newest.nextBackwardToken ?? '' }));
    expect(before.events?.map(({ message }) => message)).toEqual(['a', 'b']);
  });

  test('filters by terms over all streams, in the order of time, page by page', async () => {
    write('one', 'START x', 'ERROR disk full', 'END x');
    write('two', 'ERROR disk slow', 'INFO disk fine');
    const messages = async (filterPattern: string) => {
      const { events } = await logs.send(new FilterLogEventsCommand({ logGroupName, filterPattern }));
      return events?.map(({ message }) => message);
    };
    expect(await messages('ERROR disk')).toEqual(['ERROR disk slow', 'ERROR disk full']);
    expect(await messages('disk -ERROR')).toEqual(['INFO disk fine']);
    expect(await messages('"disk full"')).toEqual(['ERROR disk full']);
    expect(await messages('?START ?END')).toEqual(['START x', 'END x']);
    await expect(messages('{ $.level = "ERROR" }')).rejects.toMatchObject({ name: 'InvalidParameterException' });
    const page = await logs.send(new FilterLogEventsCommand({ logGroupName, limit: 4 }));
    const rest = await logs.send(new FilterLogEventsCommand({ logGroupName, nextToken: page.nextToken ?? '' }));
    expect([page.events?.length, rest.events?.length, rest.nextToken]).toEqual([4, 1, undefined]);
  });

  test('tags a group by its ARN', async () => {
    await logs.send(new CreateLogGroupCommand({ logGroupName, tags: { a: '1' } }));
    const resourceArn = `arn:aws:logs:us-east-1:123456789012:log-group:${logGroupName}`;
    await logs.send(new TagResourceCommand({ resourceArn, tags: { b: '2' } }));
    expect((await logs.send(new ListTagsForResourceCommand({ resourceArn }))).tags).toEqual({ a: '1', b: '2' });
  });

  test('leaves out what is too old or too new, and says from where to where', async () => {
    await logs.send(new CreateLogGroupCommand({ logGroupName }));
    await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName: 's' }));
    const days = [-15, -13, 0, 1];
    const logEvents = days.map((day) => ({ message: `day ${day}`, timestamp: at + day * 86_400_000 }));
    const put = () => logs.send(new PutLogEventsCommand({ logGroupName, logStreamName: 's', logEvents }));
    expect(await put()).toMatchObject({
      nextSequenceToken: expect.stringMatching(/^\d{56}$/),
      rejectedLogEventsInfo: { tooOldLogEventEndIndex: 1, tooNewLogEventStartIndex: 3 },
    });
    const { events } = await logs.send(new FilterLogEventsCommand({ logGroupName }));
    expect(events?.map(({ message }) => message)).toEqual(['day -13', 'day 0']);
    await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 7 }));
    expect((await put()).rejectedLogEventsInfo).toMatchObject({ expiredLogEventEndIndex: 2 });
  });

  test.each<[string, () => Promise<unknown>]>([
    ['a group with a blank', () => logs.send(new CreateLogGroupCommand({ logGroupName: 'a b' }))],
    ['a group without a name', () => logs.send(new CreateLogGroupCommand({ logGroupName: '' }))],
    ["a group of AWS's own", () => logs.send(new CreateLogGroupCommand({ logGroupName: 'aws/f' }))],
    ['a stream with a colon', () => logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName: 'a:b' }))],
    ['no events', () => logs.send(new PutLogEventsCommand({ logGroupName, logStreamName: 'one', logEvents: [] }))],
    [
      'an event without a text',
      () =>
        logs.send(
          new PutLogEventsCommand({
            logGroupName,
            logStreamName: 'one',
            logEvents: [{ timestamp: at, message: '' }],
          }),
        ),
    ],
    ['51 groups a page', () => logs.send(new DescribeLogGroupsCommand({ limit: 51 }))],
    ['no event a page', () => logs.send(new FilterLogEventsCommand({ logGroupName, limit: 0 }))],
    [
      'a prefix and a pattern',
      () => logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: 'a', logGroupNamePattern: 'b' })),
    ],
    [
      'a prefix in the order of time',
      () =>
        logs.send(new DescribeLogStreamsCommand({ logGroupName, orderBy: 'LastEventTime', logStreamNamePrefix: 'o' })),
    ],
    [
      'names and a prefix of streams',
      () => logs.send(new FilterLogEventsCommand({ logGroupName, logStreamNames: ['one'], logStreamNamePrefix: 'o' })),
    ],
  ])('refuses %s', async (_, act) => {
    write('one', 'x');
    await expect(act()).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});
