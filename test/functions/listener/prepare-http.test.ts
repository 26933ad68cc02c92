import {
  AddTagsCommand,
  CreateListenerCommand,
  DescribeTagsCommand,
  DuplicateListenerException,
  LoadBalancerNotFoundException,
  ModifyListenerCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, test } from '@jest/globals';
import type { Made } from '../../../domain/ledger/made.ts';
import { handler as createHttpListener } from '../../../functions/resources/http-listener.ts';
import { useListeners } from '../../support/listeners.ts';
import { event as anEvent, awsError, context, givenStep, mutations, ownTags, theStep } from '../../support/steps.ts';

const { ledger, elb, having, given } = useListeners();
const event = { ...anEvent, phase: 'prepare' as const };
const about = { message: 'not yet', $metadata: {} };

describe('CreateHttpListener', () => {
  const redirect = {
    Type: 'redirect' as const,
    RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' as const },
  };
  const filledIn = { ...redirect.RedirectConfig, Host: '#{host}', Path: '/#{path}', Query: '#{query}' };
  const listener = { ListenerArn: 'arn:80', Port: 80, Protocol: 'HTTP' as const };

  test('sends viewers to https for good', async () => {
    await given();
    await createHttpListener(event, context);
    expect(elb.commandCalls(CreateListenerCommand)[0]?.args[0].input).toEqual({
      LoadBalancerArn: 'arn:lb',
      Protocol: 'HTTP',
      Port: 80,
      DefaultActions: [redirect],
      Tags: ownTags,
    });
    expect((await theStep(ledger, 'CreateHttpListener')).made).toMatchObject([{ type: 'listener', id: 'arn:new' }]);
  });

  test('leaves one of ours to be released when plain HTTP is rejected from now on', async () => {
    await given({ http: 'reject' });
    having({ ...listener, DefaultActions: [redirect] });
    await createHttpListener(event, context);
    expect(mutations(elb)).toEqual([]);
    expect((await theStep(ledger, 'CreateHttpListener')).made).toEqual([]);
  });

  test('L4: refuses to have nothing listen where one was adopted, which would answer again as it did', async () => {
    await given({ http: 'reject' });
    const before = { tags: {}, settings: { Port: 80, Protocol: 'HTTP' } };
    const made: Made[] = [{ type: 'listener', id: 'arn:80', ours: true, before }];
    await givenStep(ledger, { name: 'CreateHttpListener', revision: 0, made });
    having({ ...listener, ListenerArn: 'arn:80', DefaultActions: [redirect] });
    await expect(createHttpListener(event, context)).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringMatching(/it would answer as it did before it was adopted\. Delete it, then declare/),
    });
    expect(mutations(elb)).toEqual([]);
  });

  test('makes none when plain HTTP is rejected', async () => {
    await given({ http: 'reject' });
    await createHttpListener(event, context);
    expect(mutations(elb)).toEqual([]);
  });

  test.each([
    ['does something else', 'redirect', { Type: 'forward' as const, TargetGroupArn: 'arn:tg' }],
    ['redirects elsewhere', 'redirect', { ...redirect, RedirectConfig: { ...filledIn, Host: 'other.test' } }],
    ['shall not be there', 'reject', redirect],
  ] as const)('L4: names the listener on port 80 that %s', async (_, http, action) => {
    await given({ http });
    having({ ...listener, DefaultActions: [action] });
    elb.on(DescribeTagsCommand).resolves({ TagDescriptions: [{ ResourceArn: 'arn:80', Tags: [] }] });
    await expect(createHttpListener(event, context)).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringContaining('(arn:80)'),
    });
    expect(mutations(elb)).toEqual([]);
  });

  test('L4: adopts one that does something else, when it is asked to, and remembers what', async () => {
    const DefaultActions = [{ Type: 'fixed-response' as const, FixedResponseConfig: { StatusCode: '200' } }];
    having({ ...listener, DefaultActions });
    await given({ adopt: true });
    elb
      .on(DescribeTagsCommand)
      .resolvesOnce({ TagDescriptions: [{ ResourceArn: 'arn:80', Tags: [{ Key: 'team', Value: 'web' }] }] })
      .resolves({ TagDescriptions: [{ ResourceArn: 'arn:80', Tags: ownTags }] });
    const known: unknown[] = [];
    elb.on(AddTagsCommand).callsFake(async () => {
      known.push(...(await theStep(ledger, 'CreateHttpListener')).made);
      return {};
    });
    elb.on(ModifyListenerCommand).rejectsOnce(awsError('Throttling')).resolves({});
    await expect(createHttpListener(event, context)).rejects.toMatchObject({ name: 'Throttled' });
    await createHttpListener(event, context);
    expect(mutations(elb)).toEqual(['AddTags', 'ModifyListener', 'ModifyListener']);
    expect((await theStep(ledger, 'CreateHttpListener')).made).toEqual(known);
    expect(known).toMatchObject([
      { id: 'arn:80', before: { tags: { team: 'web' }, settings: { Port: 80, Protocol: 'HTTP', DefaultActions } } },
    ]);
  });

  test('L4: sends viewers of its own listener to https again', async () => {
    await given();
    having({ ...listener, DefaultActions: [{ Type: 'forward', TargetGroupArn: 'arn:tg' }] });
    await createHttpListener(event, context);
    expect(elb.commandCalls(ModifyListenerCommand)[0]?.args[0].input).toEqual({
      ListenerArn: 'arn:80',
      DefaultActions: [redirect],
    });
  });

  test.each([
    ['L10', new LoadBalancerNotFoundException(about)],
    ['L4', new DuplicateListenerException(about)],
  ])('%s: looks again', async (_, error) => {
    await given();
    elb.on(CreateListenerCommand).rejects(error);
    await expect(createHttpListener(event, context)).rejects.toMatchObject({ name: 'NotReady' });
  });
});
