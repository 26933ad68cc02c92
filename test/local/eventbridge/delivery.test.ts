import { describe, expect, test } from '@jest/globals';
import { AwsError } from '../../../local/wire/service.ts';
import { anAcmEvent, anEventBridge, FUNCTION, MACHINE, START, TOPIC } from './an-event-bridge.ts';

describe('an event', () => {
  test('reaches the function of a rule that it meets, within 130 ms, as EventBridge itself', async () => {
    const bridge = anEventBridge();
    await bridge.rule({ source: ['aws.acm'], detail: { Action: ['ISSUANCE'] } });
    bridge.emit(anAcmEvent);
    expect(bridge.sent).toEqual([]);
    await bridge.clock.advance(130);

    const rule = 'arn:aws:events:us-east-1:123456789012:rule/rule';
    expect(bridge.sent).toMatchObject([
      {
        service: 'lambda',
        operation: 'Invoke',
        input: { FunctionName: FUNCTION, InvocationType: 'Event' },
        principal: { arn: rule, service: 'events.amazonaws.com', sourceArn: rule },
      },
    ]);
    expect(bridge.payloads()).toEqual([
      {
        version: '0',
        id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
        'detail-type': 'ACM Certificate Available',
        source: 'aws.acm',
        account: '123456789012',
        time: '2026-11-22T12:00:00Z',
        region: 'us-east-1',
        resources: anAcmEvent.resources,
        detail: { Action: 'ISSUANCE' },
      },
    ]);
    expect(bridge.log.deliveries).toMatchObject([{ rule, target: FUNCTION, outcome: 'delivered' }]);
  });

  test('starts an execution by the role of the target, and publishes to a topic', async () => {
    const bridge = anEventBridge();
    const RoleArn = 'arn:aws:iam::123456789012:role/Starter';
    await bridge.rule({ source: ['nameplate'] }, { Arn: MACHINE, RoleArn, InputPath: '$.detail' });
    await bridge.call('PutTargets', { Rule: 'rule', Targets: [{ Id: 'two', Arn: TOPIC }] });
    await bridge.put();
    await bridge.clock.advance(130);
    const [execution, message] = [...bridge.sent].sort((a, b) => b.service.localeCompare(a.service));

    expect(execution).toMatchObject({
      operation: 'StartExecution',
      input: { stateMachineArn: MACHINE, input: '{"domain":"shop.example.test"}' },
      principal: { roleArn: RoleArn, arn: expect.stringContaining(':assumed-role/Starter/') },
    });
    expect((execution?.input as { name: string } | undefined)?.name.length).toBeLessThanOrEqual(80);
    expect(message).toMatchObject({
      operation: 'Publish',
      input: { TopicArn: TOPIC, Message: expect.stringContaining('"detail-type":"Site Live"') },
    });
  });

  test('meets no disabled rule, no rule of another bus and none of another Region', async () => {
    const bridge = anEventBridge();
    await bridge.call('CreateEventBus', { Name: 'other' });
    await bridge.rule({ source: ['nameplate'] }, {}, { bus: 'other' });
    await bridge.rule({ source: ['nameplate'] });
    await bridge.call('DisableRule', { Name: 'rule' });
    await bridge.put();
    bridge.emit({ ...anAcmEvent, region: 'eu-west-1' });
    await bridge.clock.advance(1_000);
    expect(bridge.sent).toEqual([]);
    await bridge.call('EnableRule', { Name: 'rule' });
    await bridge.put();
    await bridge.put({ EventBusName: 'other' });
    await bridge.clock.advance(1_000);

    expect(bridge.sent).toHaveLength(2);
  });

  test('passes from bus to bus, and stops going in circles', async () => {
    const bridge = anEventBridge();
    await bridge.call('CreateEventBus', { Name: 'other' });
    const bus = (name: string) => ({ Arn: `arn:aws:events:us-east-1:123456789012:event-bus/${name}` });
    await bridge.rule({ source: ['aws.acm'] }, bus('other'), { name: 'there' });
    await bridge.rule({ source: ['aws.acm'] }, bus('default'), { name: 'back', bus: 'other' });
    await bridge.rule({ source: ['aws.acm'] }, {}, { name: 'heard', bus: 'other' });
    bridge.emit(anAcmEvent);
    await bridge.clock.advance(60_000);

    expect(bridge.sent).toHaveLength(3);
    expect(bridge.log.deliveries.filter(({ outcome }) => outcome === 'dropped')).toHaveLength(1);
  });

  describe('for a bus of another Region', () => {
    const RoleArn = 'arn:aws:iam::123456789012:role/Forwarder';
    const Arn = 'arn:aws:events:eu-central-1:123456789012:event-bus/default';

    test('is refused as a target without a role', async () => {
      const put = anEventBridge().rule({ source: ['aws.acm'] }, { Arn });
      await expect(put).rejects.toMatchObject({
        code: 'ValidationException',
        message: `RoleArn is required for target ${Arn}.`,
      });
    });

    test('is put on it as it is, by the role of the target, and on no bus beside', async () => {
      const asked: unknown[] = [];
      const bridge = anEventBridge({ refusal: (ask) => void asked.push(ask) });
      await bridge.rule({ source: ['aws.acm'] }, { Arn, RoleArn });
      bridge.emit(anAcmEvent);
      await bridge.clock.advance(1_000);
      const [there, here] = bridge.log.published.toReversed();
      expect(there).toMatchObject({ bus: Arn, event: { region: 'us-east-1', source: 'aws.acm' } });
      expect(there?.event).toEqual(here?.event);
      expect(asked).toMatchObject([
        { principal: { roleArn: RoleArn }, action: 'events:PutEvents', resources: [Arn], region: 'eu-central-1' },
      ]);
    });

    test('is dropped where the role may not put it there', async () => {
      const bridge = anEventBridge({ refusal: () => 'not authorized' });
      await bridge.rule({ source: ['aws.acm'] }, { Arn, RoleArn });
      bridge.emit(anAcmEvent);
      await bridge.clock.advance(60_000);
      expect(bridge.log.published).toHaveLength(1);
      expect(bridge.log.deliveries).toMatchObject([{ outcome: 'dropped', error: { code: 'AccessDeniedException' } }]);
    });

    test('stays where it is without a rule: a service tells the bus of its own Region', async () => {
      const bridge = anEventBridge();
      bridge.emit({ ...anAcmEvent, region: 'eu-central-1' });
      expect(bridge.log.published.map(({ bus }) => bus)).toEqual([Arn]);
    });
  });

  test('is tried again while its target is throttled, and dropped when it may not enter', async () => {
    const bridge = anEventBridge();
    await bridge.rule({ source: ['nameplate'] });
    bridge.failures.push(new AwsError('TooManyRequestsException', 'Rate exceeded', { status: 429 }));
    bridge.failures.push(new AwsError('ServiceException', 'broken', { status: 500 }));
    await bridge.put();
    await bridge.clock.advance(10_000);
    expect(bridge.log.deliveries.map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'delivered']);
    bridge.failures.push(new AwsError('AccessDeniedException', 'no', { status: 403 }));
    await bridge.put();
    await bridge.clock.advance(10_000);

    expect(bridge.log.deliveries.at(-1)).toMatchObject({
      outcome: 'dropped',
      error: { code: 'AccessDeniedException' },
    });
    expect(bridge.sent).toHaveLength(4);
  });

  test('W9: is given up after the tries that its retry policy allows', async () => {
    const bridge = anEventBridge();
    await bridge.rule({ source: ['nameplate'] }, { RetryPolicy: { MaximumRetryAttempts: 2 } });
    const broken = () => new AwsError('ServiceException', 'broken', { status: 500 });
    bridge.failures.push(broken(), broken(), broken(), broken());
    await bridge.put();
    await bridge.clock.advance(3_600_000);

    expect(bridge.log.deliveries.map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'dropped']);
  });

  test('W9: is given up after 24 hours', async () => {
    const bridge = anEventBridge();
    await bridge.rule({ source: ['nameplate'] });
    for (let n = 0; n < 300; n++) bridge.failures.push(new AwsError('ServiceException', 'broken', { status: 500 }));
    await bridge.put();
    await bridge.clock.advance(48 * 3_600_000);

    expect(bridge.log.deliveries.at(-1)?.outcome).toBe('dropped');
    expect(bridge.log.deliveries.length).toBeGreaterThan(120);
    expect(bridge.log.deliveries.length).toBeLessThanOrEqual(186);
    expect(bridge.log.deliveries.at(-1)?.at.getTime()).toBeLessThanOrEqual(START.getTime() + 86_400_000 + 1_000);
  });
});

describe("a service's own event", () => {
  test('W8: comes twice by chance, with the same id', async () => {
    const bridge = anEventBridge({ doubledShare: 0.05 });
    await bridge.rule({ source: ['aws.acm'] });
    for (let n = 0; n < 400; n++) bridge.emit(anAcmEvent);
    await bridge.clock.advance(60_000);
    const ids = bridge.payloads().map(({ id }) => id);

    expect(new Set(ids).size).toBe(400);
    expect(ids.length).toBeGreaterThan(405);
    expect(ids.length).toBeLessThan(440);
  });

  test('W8, W9: is lost, doubled or late on demand', async () => {
    const bridge = anEventBridge();
    await bridge.rule({ source: ['aws.acm'] });
    const heard = async () => {
      const before = bridge.sent.length;
      bridge.emit(anAcmEvent);
      await bridge.clock.advance(1_000);
      const soon = bridge.sent.length - before;
      await bridge.clock.advance(60_000);
      return [soon, bridge.sent.length - before];
    };
    bridge.faults.add({ kind: 'lose', detailType: 'ACM Certificate Available' });
    bridge.faults.add({ kind: 'double', source: 'aws.acm', seconds: 30 });
    bridge.faults.add({ kind: 'late', seconds: 45 });

    expect(await heard()).toEqual([0, 0]);
    expect(await heard()).toEqual([1, 2]);
    expect(await heard()).toEqual([0, 1]);
    expect(await heard()).toEqual([1, 1]);
    bridge.faults.add({ kind: 'lose', source: 'aws.route53', times: 9 });
    expect(await heard()).toEqual([1, 1]);
  });
});

describe('what a target is given', () => {
  const given = async (target: object) => {
    const bridge = anEventBridge();
    await bridge.rule({ source: ['nameplate'] }, { Arn: TOPIC, ...target });
    await bridge.put({ Detail: '{"domain":"shop.example.test","n":2,"note":"say \\"hi\\"","made":[{"arn":"a"}]}' });
    await bridge.clock.advance(130);
    return (bridge.sent[0]?.input as { Message: string } | undefined)?.Message ?? '';
  };

  test('a constant, a part, or nothing where the path leads nowhere', async () => {
    expect(await given({ Input: '{"a":1}' })).toBe('{"a":1}');
    expect(await given({ InputPath: '$.detail.made[0].arn' })).toBe('"a"');
    expect(await given({ InputPath: '$.detail-type' })).toBe('"Site Live"');
    expect(await given({ InputPath: '$.detail.nowhere' })).toBe('null');
  });

  test('a template: text within quotes, JSON outside', async () => {
    const InputPathsMap = { domain: '$.detail.domain', n: '$.detail.n', note: '$.detail.note', none: '$.detail.none' };
    const template = (InputTemplate: string) => given({ InputTransformer: { InputPathsMap, InputTemplate } });

    expect(await template('"<domain> is live (<n>)<none>"')).toBe('"shop.example.test is live (2)"');
    expect(JSON.parse(await template('{"site": <domain>, "n": <n>, "none": <none>, "note": "<note>"}'))).toEqual({
      site: 'shop.example.test',
      n: 2,
      none: '',
      note: 'say "hi"',
    });
    expect(await template('"by <aws.events.rule-name>"')).toBe('"by rule"');
    await expect(template('"by <unknown>"')).rejects.toMatchObject({
      code: 'ValidationException',
      message: 'InputTemplate for target one contains invalid placeholder unknown.',
    });
    expect(JSON.parse(await template('{"event": <aws.events.event.json>}')).event.source).toBe('nameplate');
    expect(Object.keys(JSON.parse(await template('{"event": <aws.events.event>}')).event)).toEqual([
      'id',
      'account',
      'detailType',
      'time',
      'source',
      'region',
      'resources',
      'version',
    ]);
  });
});

describe('a schedule', () => {
  test('fires on AWS time until its rule is disabled', async () => {
    const bridge = anEventBridge();
    await bridge.call('PutRule', { Name: 'tick', ScheduleExpression: 'rate(5 minutes)' });
    await bridge.call('PutTargets', { Rule: 'tick', Targets: [{ Id: 'one', Arn: FUNCTION }] });
    await bridge.clock.advance(3_600_000 + 1_000);
    expect(bridge.sent).toHaveLength(12);
    expect(bridge.payloads()[0]).toMatchObject({
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      resources: ['arn:aws:events:us-east-1:123456789012:rule/tick'],
      detail: {},
    });
    await bridge.call('DisableRule', { Name: 'tick' });
    await bridge.clock.advance(3_600_000);
    expect(bridge.sent).toHaveLength(12);
    await bridge.call('PutRule', { Name: 'tick', ScheduleExpression: 'cron(0 0 * * ? *)' });
    await bridge.clock.advance(24 * 3_600_000);

    expect(bridge.sent).toHaveLength(13);
    expect(bridge.payloads().at(-1).time).toBe('2026-11-23T00:00:00Z');
  });

  test('ends with its rule', async () => {
    const bridge = anEventBridge();
    await bridge.call('PutRule', { Name: 'tick', ScheduleExpression: 'rate(1 minute)' });
    await bridge.call('DeleteRule', { Name: 'tick' });

    await expect(bridge.clock.until(() => false)).rejects.toThrow('nothing is left to happen');
  });
});
