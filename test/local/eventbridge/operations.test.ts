import { describe, expect, test } from '@jest/globals';
import { anEventBridge, FUNCTION, MACHINE } from './an-event-bridge.ts';

describe('PutEvents', () => {
  test.each([
    [{ Source: 'aws.acm' }, 'NotAuthorizedForSourceException', 'Not authorized for the source.'],
    [{ Source: undefined }, 'InvalidArgument', 'Parameter Source is not valid. Reason: Source is a required argument.'],
    [
      { DetailType: undefined },
      'InvalidArgument',
      'Parameter DetailType is not valid. Reason: DetailType is a required argument.',
    ],
    [{ Detail: '{' }, 'MalformedDetail', 'Detail is malformed.'],
    [{ Detail: '[]' }, 'MalformedDetail', 'Detail is malformed.'],
  ])('answers for the entry %j alone: %s', async (wrong, ErrorCode, ErrorMessage) => {
    const bridge = anEventBridge();
    const good = { Source: 'nameplate', DetailType: 'Site Live', Detail: '{}' };
    const answer = await bridge.call('PutEvents', { Entries: [{ ...good, ...wrong }, good] });

    expect(answer).toEqual({
      FailedEntryCount: 1,
      Entries: [{ ErrorCode, ErrorMessage }, { EventId: expect.any(String) }],
    });
  });

  test('gives an id to an event for a bus that is not there, and loses it', async () => {
    const bridge = anEventBridge();
    await bridge.rule({ source: ['nameplate'] });
    expect(await bridge.put({ EventBusName: 'nowhere' })).toMatchObject({ FailedEntryCount: 0 });
    await bridge.clock.advance(1_000);

    expect(bridge.sent).toEqual([]);
  });

  test('takes ten entries and 256 KiB', async () => {
    const bridge = anEventBridge();
    const entry = { Source: 'a', DetailType: 'b', Detail: '{}' };
    const shown =
      'PutEventsRequestEntry(time=null, source=a, resources=null, detailType=b, detail={}, eventBusName=null, traceHeader=null, kmsKeyIdentifier=null, internalMetadata=null)';
    await expect(bridge.call('PutEvents', { Entries: Array(11).fill(entry) })).rejects.toMatchObject({
      code: 'ValidationException',
      message: `1 validation error detected: Value '[${Array(11).fill(shown).join(', ')}]' at 'entries' failed to satisfy constraint: Member must have length less than or equal to 10`,
    });
    await expect(bridge.call('PutEvents', { Entries: [] })).rejects.toThrow(
      "Value '[]' at 'entries' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
    await expect(bridge.put({ Detail: JSON.stringify({ a: 'x'.repeat(262_144) }) })).rejects.toThrow(
      'Total size of the entries in the request is over the limit.',
    );
  });

  test('is judged by the buses it puts on and the sources it names', () => {
    const bridge = anEventBridge();
    const { resources, conditions } = bridge.service.operations['PutEvents'] ?? {};
    const input = { Entries: [{ Source: 'nameplate', DetailType: 'Site Live', EventBusName: 'sites' }] } as never;

    expect(resources?.(input, { region: 'us-east-1' } as never)).toEqual([
      'arn:aws:events:us-east-1:123456789012:event-bus/sites',
    ]);
    expect(conditions?.(input, { region: 'us-east-1' } as never)).toEqual({
      'events:source': ['nameplate'],
      'events:detail-type': ['Site Live'],
    });
  });
});

describe('rules and targets', () => {
  test('a rule is described as it was put, and keeps its targets when it is put again', async () => {
    const bridge = anEventBridge();
    await bridge.rule({ source: ['a'] });
    await bridge.call('PutRule', { Name: 'rule', EventPattern: '{"source":["b"]}', Description: 'second' });

    expect(await bridge.call('DescribeRule', { Name: 'rule' })).toEqual({
      Name: 'rule',
      Arn: 'arn:aws:events:us-east-1:123456789012:rule/rule',
      State: 'ENABLED',
      EventBusName: 'default',
      EventPattern: '{"source":["b"]}',
      Description: 'second',
      CreatedBy: '123456789012',
    });
    expect(await bridge.call('ListTargetsByRule', { Rule: 'rule' })).toEqual({
      Targets: [{ Id: 'one', Arn: FUNCTION }],
    });
    expect(await bridge.call('ListRuleNamesByTarget', { TargetArn: FUNCTION })).toEqual({ RuleNames: ['rule'] });
    await expect(bridge.call('DeleteRule', { Name: 'rule' })).rejects.toThrow(
      "Rule can't be deleted since it has targets.",
    );
    await bridge.call('RemoveTargets', { Rule: 'rule', Ids: ['one'] });
    await bridge.call('DeleteRule', { Name: 'rule' });
    await bridge.call('DeleteRule', { Name: 'rule' });
    await expect(bridge.call('DescribeRule', { Name: 'rule' })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      message: 'Rule rule does not exist on EventBus default.',
    });
  });

  test('rules are listed page by page and by prefix', async () => {
    const bridge = anEventBridge();
    for (const name of ['a1', 'b1', 'a2', 'a3']) await bridge.rule({ source: ['a'] }, {}, { name });
    const first = await bridge.call<{ Rules: { Name: string }[]; NextToken: string }>('ListRules', {
      NamePrefix: 'a',
      Limit: 2,
    });
    const second = await bridge.call('ListRules', { NamePrefix: 'a', Limit: 2, NextToken: first.NextToken });

    expect(first.Rules.map(({ Name }) => Name)).toEqual(['a1', 'a2']);
    expect(second).toEqual({ Rules: [expect.objectContaining({ Name: 'a3' })] });
  });

  test.each([
    ['neither pattern nor schedule', { Name: 'r' }, 'ValidationException'],
    ['a name with a blank', { Name: 'a b', EventPattern: '{"source":["a"]}' }, 'ValidationException'],
    ['a wrong pattern', { Name: 'r', EventPattern: '{"source":"a"}' }, 'InvalidEventPatternException'],
    ['an unknown state', { Name: 'r', EventPattern: '{"source":["a"]}', State: 'ON' }, 'ValidationException'],
    ['a wrong schedule', { Name: 'r', ScheduleExpression: 'rate(1 minutes)' }, 'ValidationException'],
    [
      'a schedule on a bus of its own',
      { Name: 'r', ScheduleExpression: 'rate(1 day)', EventBusName: 'own' },
      'ValidationException',
    ],
    ['an unknown bus', { Name: 'r', EventPattern: '{"source":["a"]}', EventBusName: 'x' }, 'ResourceNotFoundException'],
  ])('refuses a rule with %s', async (_, input, code) => {
    const bridge = anEventBridge();
    await bridge.call('CreateEventBus', { Name: 'own' });

    await expect(bridge.call('PutRule', input)).rejects.toMatchObject({ code });
  });

  test.each([
    ['a state machine without a role', { Arn: MACHINE }, 'RoleArn is required for target'],
    ['a queue', { Arn: 'arn:aws:sqs:us-east-1:123456789012:q' }, 'sqs is no target in the local AWS'],
    ['a dead-letter queue', { DeadLetterConfig: { Arn: 'arn:aws:sqs:us-east-1:123456789012:q' } }, 'needs SQS'],
    ['two kinds of input', { Input: '{}', InputPath: '$.a' }, 'Only one of Input, InputPath, or InputTransformer'],
    ['input that is no JSON', { Input: '{' }, 'JSON syntax error in input for target one'],
    ['a path that is none', { InputPath: 'detail' }, 'Invalid JSONPath for target one'],
    ['no ARN', { Arn: 'heard' }, 'Provided Arn is not in correct format'],
  ])('refuses %s as a target', async (_, target, message) => {
    const bridge = anEventBridge();

    await expect(bridge.rule({ source: ['a'] }, target)).rejects.toThrow(message);
  });

  test.each([
    ['', 'Member must have length greater than or equal to 1'],
    ['!@#', 'Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+'],
    ['a'.repeat(65), 'Member must have length less than or equal to 64'],
  ])('a rule and a target are not called "%s"', async (name, constraint) => {
    const bridge = anEventBridge();
    const refusal = (member: string) => ({
      code: 'ValidationException',
      message: `1 validation error detected: Value '${name}' at '${member}' failed to satisfy constraint: ${constraint}`,
    });
    await expect(bridge.call('PutRule', { Name: name, EventPattern: '{"source":["a"]}' })).rejects.toMatchObject(
      refusal('name'),
    );
    const Targets = [
      { Id: 'one', Arn: FUNCTION },
      { Id: name, Arn: FUNCTION },
    ];
    await bridge.rule({ source: ['a'] });
    await expect(bridge.call('PutTargets', { Rule: 'rule', Targets })).rejects.toMatchObject(
      refusal('targets.2.member.id'),
    );
  });

  test('lists go by one item at least and a hundred at most', async () => {
    const bridge = anEventBridge();
    for (const [Limit, bound] of [
      [0, 'greater than or equal to 1'],
      [101, 'less than or equal to 100'],
    ]) {
      await expect(bridge.call('ListRules', { Limit })).rejects.toThrow(
        `Value '${Limit}' at 'limit' failed to satisfy constraint: Member must have value ${bound}`,
      );
    }
  });

  test('PutTargets and RemoveTargets are about one target at least', async () => {
    const bridge = anEventBridge();
    await bridge.rule({ source: ['a'] });

    for (const call of [
      bridge.call('PutTargets', { Rule: 'rule', Targets: [] }),
      bridge.call('RemoveTargets', { Rule: 'rule', Ids: [] }),
    ]) {
      await expect(call).rejects.toMatchObject({ code: 'ValidationException' });
    }
  });

  test('a rule has five targets at most', async () => {
    const bridge = anEventBridge();
    await bridge.rule({ source: ['a'] });
    const Targets = ['2', '3', '4', '5', '6'].map((Id) => ({ Id, Arn: FUNCTION }));

    await expect(bridge.call('PutTargets', { Rule: 'rule', Targets })).rejects.toMatchObject({
      code: 'LimitExceededException',
    });
    await bridge.call('PutTargets', { Rule: 'rule', Targets: Targets.slice(1) });
  });

  test('TestEventPattern says whether an event would meet', async () => {
    const bridge = anEventBridge();
    const event = { id: '1', account: '1', source: 'a', time: 't', region: 'r', resources: [], 'detail-type': 'd' };
    const meets = (pattern: object, Event = JSON.stringify(event)) =>
      bridge.call('TestEventPattern', { EventPattern: JSON.stringify(pattern), Event });

    expect(await meets({ source: ['a'] })).toEqual({ Result: true });
    expect(await meets({ source: ['b'] })).toEqual({ Result: false });
    await expect(meets({ source: ['a'] }, '{"source":"a"}')).rejects.toThrow('Parameter Event is not valid.');
  });
});

describe('buses', () => {
  test('are made, described, listed and deleted; the default one stays', async () => {
    const bridge = anEventBridge();
    const arn = 'arn:aws:events:us-east-1:123456789012:event-bus/own';
    expect(await bridge.call('CreateEventBus', { Name: 'own' })).toEqual({ EventBusArn: arn });
    await expect(bridge.call('CreateEventBus', { Name: 'own' })).rejects.toMatchObject({
      code: 'ResourceAlreadyExistsException',
    });
    expect(await bridge.call('DescribeEventBus', { Name: arn })).toMatchObject({ Name: 'own', Arn: arn });
    expect(await bridge.call('ListEventBuses', {})).toMatchObject({
      EventBuses: [{ Name: 'default' }, { Name: 'own' }],
    });
    await bridge.rule({ source: ['a'] }, {}, { bus: 'own' });
    await expect(bridge.call('DeleteEventBus', { Name: 'own' })).rejects.toThrow('since it has rules');
    await bridge.call('RemoveTargets', { Rule: 'rule', EventBusName: 'own', Ids: ['one'] });
    await bridge.call('DeleteRule', { Name: 'rule', EventBusName: 'own' });
    await bridge.call('DeleteEventBus', { Name: 'own' });
    await expect(bridge.call('DescribeEventBus', { Name: 'own' })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      message: 'Event bus own does not exist.',
    });
    await expect(bridge.call('DeleteEventBus', { Name: 'default' })).rejects.toThrow(
      'Cannot delete event bus default.',
    );
  });

  test('rules and buses carry tags', async () => {
    const bridge = anEventBridge();
    await bridge.call('CreateEventBus', { Name: 'own', Tags: [{ Key: 'a', Value: 'b' }] });
    const ResourceARN = 'arn:aws:events:us-east-1:123456789012:event-bus/own';
    await bridge.call('TagResource', { ResourceARN, Tags: [{ Key: 'c', Value: 'd' }] });
    await bridge.call('UntagResource', { ResourceARN, TagKeys: ['a'] });

    expect(await bridge.call('ListTagsForResource', { ResourceARN })).toEqual({ Tags: [{ Key: 'c', Value: 'd' }] });

    const many = Array.from({ length: 50 }, (_, at) => ({ Key: `k${at}`, Value: '' }));
    for (const [Tags, code] of [
      [[{ Key: 'AWS:k', Value: 'd' }], 'ValidationException'],
      [many, 'LimitExceededException'],
    ] as const) {
      await expect(bridge.call('TagResource', { ResourceARN, Tags: [...Tags] })).rejects.toMatchObject({ code });
    }
    expect(await bridge.call('ListTagsForResource', { ResourceARN })).toEqual({ Tags: [{ Key: 'c', Value: 'd' }] });
    await bridge.call('TagResource', { ResourceARN, Tags: many.slice(1) });
  });
});
