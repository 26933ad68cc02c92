import {
  EventBridgeClient,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Host } from '../../../local/host.ts';
import { createEventBridge } from '../../../local/services/eventbridge/service.ts';
import type { Principal } from '../../../local/wire/service.ts';
import { aLambda } from '../../support/a-lambda.ts';
import { type AFront, aFront } from '../../support/front.ts';

let aws: AFront;
let bridge: ReturnType<typeof createEventBridge>;
let invoked: { input: unknown; principal: Principal }[];

beforeEach(async () => {
  invoked = [];
  aws = await aFront({
    services: (host: Host, dispatch) => {
      bridge = createEventBridge(host, { dispatch, doubledShare: 0 });
      return [bridge.service, aLambda((input, { principal }) => invoked.push({ input, principal }))];
    },
  });
});

afterEach(() => aws.close());

describe('EventBridge on the wire', () => {
  test('the SDK makes a rule, and its function is invoked through the front', async () => {
    const events = aws.client(EventBridgeClient);
    const Arn = 'arn:aws:lambda:us-east-1:123456789012:function:heard';
    await events.send(new PutRuleCommand({ Name: 'live', EventPattern: '{"source":["nameplate"]}' }));
    await events.send(new PutTargetsCommand({ Rule: 'live', Targets: [{ Id: 'heard', Arn }] }));
    const put = await events.send(
      new PutEventsCommand({ Entries: [{ Source: 'nameplate', DetailType: 'Site Live', Detail: '{"a":1}' }] }),
    );
    await aws.clock.advance(200);

    expect(put.FailedEntryCount).toBe(0);
    expect(await events.send(new ListTargetsByRuleCommand({ Rule: 'live' }))).toMatchObject({
      Targets: [{ Id: 'heard', Arn }],
    });
    expect(invoked).toMatchObject([{ input: { FunctionName: Arn }, principal: { service: 'events.amazonaws.com' } }]);
    expect(bridge.log.deliveries).toMatchObject([{ outcome: 'delivered' }]);
  });

  test('errors have the names the SDK knows', async () => {
    const events = aws.client(EventBridgeClient);

    await expect(
      events.send(new TestEventPatternCommand({ EventPattern: '{"source":"a"}', Event: '{}' })),
    ).rejects.toMatchObject({ name: 'InvalidEventPatternException' });
    await expect(events.send(new ListTargetsByRuleCommand({ Rule: 'none' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  test('a role may put events only on the buses its policy names', async () => {
    const credentials = aws.role({
      Effect: 'Allow',
      Action: 'events:PutEvents',
      Resource: 'arn:aws:events:us-east-1:123456789012:event-bus/default',
    });
    const events = aws.client(EventBridgeClient, { credentials });
    const put = (EventBusName?: string) =>
      events.send(
        new PutEventsCommand({
          Entries: [{ Source: 'a', DetailType: 'b', Detail: '{}', ...(EventBusName && { EventBusName }) }],
        }),
      );

    expect((await put()).FailedEntryCount).toBe(0);
    await expect(put('other')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});
