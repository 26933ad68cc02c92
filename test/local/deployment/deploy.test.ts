import { describe, expect, test } from '@jest/globals';
import { Clock } from '../../../local/clock/clock.ts';
import type { AssembledStack, TemplateResource } from '../../../local/deployment/assembly.ts';
import { deploy } from '../../../local/deployment/deploy.ts';
import { Draws } from '../../../local/draws/draws.ts';
import type { Dispatch } from '../../../local/wire/service.ts';

const aStack = (
  Resources: Record<string, TemplateResource>,
  more: Partial<AssembledStack['template']> = {},
): AssembledStack => ({
  name: 'Stack',
  template: { Resources, ...more },
  assets: [{ bucket: 'assets', key: 'code.zip', path: '/code' }],
});

const aTopic = (more: Partial<TemplateResource> = {}): TemplateResource => ({ Type: 'AWS::SNS::Topic', ...more });

/** Deploys against a dispatch that answers as SNS would, and tells which calls it saw. */
async function deployed(stack: AssembledStack) {
  const calls: string[] = [];
  const published: string[] = [];
  const host = {
    clock: new Clock(),
    draws: new Draws(1),
    account: '123456789012',
    homeRegion: 'us-east-1',
    emit: () => {},
  };
  const dispatch: Dispatch = async ({ service, operation, input }) => {
    calls.push(`${service}:${operation}`);
    if ((input as { Name?: string }).Name === 'taken')
      throw new Error('Topic already exists with different attributes');
    return { TopicArn: `arn:aws:sns:us-east-1:123456789012:${(input as { Name?: string }).Name}` };
  };
  const result = await deploy(stack, host, { dispatch, publish: ({ key }) => published.push(key) });
  return { ...result, calls, published };
}

describe('deploy()', () => {
  test('creates what is referred to before what refers to it, and publishes assets first', async () => {
    const { calls, published, outputs } = await deployed(
      aStack(
        {
          Policy: { Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: [{ Ref: 'Topic' }], PolicyDocument: {} } },
          Topic: aTopic(),
        },
        { Outputs: { Topic: { Value: { Ref: 'Topic' } } } },
      ),
    );
    expect(calls).toEqual(['sns:CreateTopic', 'sns:SetTopicAttributes']);
    expect(published).toEqual(['code.zip']);
    expect(outputs.Topic).toMatch(/^arn:aws:sns:us-east-1:123456789012:Stack-Topic-[0-9A-F]{12}$/);
  });

  test('heeds DependsOn', async () => {
    const { resources } = await deployed(aStack({ First: aTopic({ DependsOn: 'Second' }), Second: aTopic() }));
    expect([...resources.keys()]).toEqual(['Second', 'First']);
  });

  test('leaves out what its condition does not want', async () => {
    const { resources } = await deployed(
      aStack({ Topic: aTopic({ Condition: 'Never' }) }, { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } }),
    );
    expect(resources.size).toBe(0);
  });

  test.each<[string, Record<string, TemplateResource>, string]>([
    [
      'a type nobody knows',
      { Queue: { Type: 'AWS::SQS::Queue' } },
      'Cannot deploy "Queue" (AWS::SQS::Queue): the local AWS does not know this type',
    ],
    [
      'a property that would be ignored',
      { Topic: aTopic({ Properties: { FifoTopic: true } }) },
      'it does not know the property "FifoTopic"',
    ],
    [
      'a reference to nothing',
      { Topic: aTopic({ Properties: { TopicName: { Ref: 'Missing' } } }) },
      'it refers to "Missing"',
    ],
    ['a dependency on nothing', { Topic: aTopic({ DependsOn: 'Missing' }) }, 'it depends on "Missing"'],
    ['a circle', { A: aTopic({ DependsOn: 'B' }), B: aTopic({ DependsOn: 'A' }) }, 'A needs B needs A'],
    [
      "the service's own refusal, by the construct's path",
      {
        Topic: aTopic({ Properties: { TopicName: 'taken' }, Metadata: { 'aws:cdk:path': 'Nameplate/Topic/Resource' } }),
      },
      'Cannot deploy "Nameplate/Topic/Resource" (AWS::SNS::Topic): Topic already exists',
    ],
  ])('says in one sentence what is wrong: %s', async (_, resources, sentence) => {
    await expect(deployed(aStack(resources))).rejects.toThrow(sentence);
  });
});
