import { describe, expect, test } from '@jest/globals';
import type { Template, TemplateResource } from '../../../local/deployment/assembly.ts';
import { AwsError } from '../../../local/wire/service.ts';
import { aStack, aTopic, deployed } from './a-stack.ts';

const aPolicy = (topics: unknown[]): TemplateResource => ({
  Type: 'AWS::SNS::TopicPolicy',
  Properties: { Topics: topics, PolicyDocument: {} },
});

describe('deploy()', () => {
  test('makes what is referred to before what refers to it, as CloudFormation, and publishes assets first', async () => {
    const { calls, published, outputs } = await deployed(
      aStack(
        { Policy: aPolicy([{ Ref: 'Topic' }]), Topic: aTopic() },
        { Outputs: { Topic: { Value: { Ref: 'Topic' } } } },
      ),
    );
    expect(calls.map(({ operation }) => operation)).toEqual(['sns:CreateTopic', 'sns:SetTopicAttributes']);
    expect(calls[0]?.principal).toMatchObject({ service: 'cloudformation.amazonaws.com' });
    expect(published).toEqual(['code.zip']);
    expect(outputs.Topic).toMatch(/^arn:aws:sns:us-east-1:123456789012:Stack-Topic-[0-9A-Za-z]{12}$/);
  });

  test('heeds DependsOn', async () => {
    const { resources } = await deployed(aStack({ First: aTopic({ DependsOn: 'Second' }), Second: aTopic() }));
    expect([...resources.keys()]).toEqual(['Second', 'First']);
  });

  test("leaves out what its condition does not want, and CDK's notes", async () => {
    const { resources, outputs } = await deployed(
      aStack(
        { Topic: aTopic({ Condition: 'Never' }), Metadata: { Type: 'AWS::CDK::Metadata', Properties: { any: 1 } } },
        {
          Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
          Outputs: { Topic: { Value: { Ref: 'Topic' }, Condition: 'Never' } },
        },
      ),
    );
    expect([resources.size, outputs]).toEqual([0, {}]);
  });

  test('fills in parameters, mappings and pseudo parameters; rules about the bootstrap stack are left out', async () => {
    const { calls } = await deployed(
      aStack(
        {
          Topic: aTopic({
            Properties: {
              TopicName: {
                'Fn::Join': ['-', [{ Ref: 'Stage' }, { Ref: 'AWS::StackName' }, { Ref: 'AWS::AccountId' }]],
              },
              DisplayName: { 'Fn::FindInMap': ['Names', { Ref: 'AWS::Region' }, 'long'] },
            },
          }),
        },
        {
          Parameters: {
            Stage: { Type: 'String', Default: 'beta' },
            BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/version' },
          },
          Mappings: { Names: { 'us-east-1': { long: 'Virginia' } } },
          Rules: {
            CheckBootstrapVersion: {
              Assertions: [{ Assert: { 'Fn::Not': [{ 'Fn::Contains': [['1', '2'], { Ref: 'BootstrapVersion' }] }] } }],
            },
          },
        },
      ),
      {},
      { parameters: { Stage: 'prod' } },
    );
    expect(calls[0]?.input).toEqual({ Name: 'prod-Stack-123456789012', Attributes: { DisplayName: 'Virginia' } });
  });

  test('refuses a template whose rule is not met in its own words, before it creates anything (A7)', async () => {
    const Assert = { 'Fn::Equals': [{ Ref: 'AWS::Partition' }, 'aws-cn'] };
    const created = () => {
      throw new Error('A resource was created');
    };
    const deploying = (rule: object) => {
      const OnePartition = { Assertions: [{ Assert, AssertDescription: 'In China only' }], ...rule };
      return deployed(aStack({ Topic: aTopic() }, { Rules: { OnePartition } }), { 'sns:CreateTopic': created });
    };
    const sentence = 'Cannot deploy the stack "Stack": its rule "OnePartition" is not met: In China only';
    await expect(deploying({})).rejects.toThrow(sentence);
    const RuleCondition = { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'cn-north-1'] };
    await expect(deploying({ RuleCondition })).rejects.toThrow('A resource was created');
  });

  test('hands exports on to the stack that imports them', async () => {
    const exports = new Map<string, unknown>();
    await deployed(
      aStack({ Topic: aTopic() }, { Outputs: { Arn: { Value: { Ref: 'Topic' }, Export: { Name: 'the-topic' } } } }),
      {},
      { exports },
    );
    const { calls } = await deployed(
      aStack({ Policy: aPolicy([{ 'Fn::ImportValue': 'the-topic' }]) }),
      {},
      { exports },
    );
    expect(calls[0]?.input.TopicArn).toBe(exports.get('the-topic'));
  });

  test.each<[string, Record<string, TemplateResource>, string]>([
    [
      'a type nobody knows',
      { Queue: { Type: 'AWS::SQS::Queue' } },
      'Cannot deploy AWS::SQS::Queue "Queue": the type is not part of the local AWS',
    ],
    [
      'a custom resource',
      { Thing: { Type: 'Custom::Thing' } },
      'Cannot deploy Custom::Thing "Thing": custom resources are not part of the local AWS',
    ],
    [
      'a property that would be ignored',
      { Topic: aTopic({ Properties: { FifoTopic: true } }) },
      'Cannot deploy AWS::SNS::Topic "Topic": the property "FifoTopic" is not part of the local AWS',
    ],
    [
      'a property within a property that would be ignored',
      { Topic: aTopic({ Properties: { Subscription: [{ Protocol: 'sms', Endpoint: '1', Region: 'x' }] } }) },
      'the property "Subscription.0.Region" is not part of the local AWS',
    ],
    [
      'a property of the wrong type',
      { Topic: aTopic({ Properties: { DisplayName: ['a'] } }) },
      'the property "DisplayName" must be a string, not ["a"]',
    ],
    [
      'a reference to nothing',
      { Topic: aTopic({ Properties: { TopicName: { Ref: 'Missing' } } }) },
      'Cannot deploy AWS::SNS::Topic "Topic": it refers to "Missing", which the template does not have',
    ],
    [
      'a dependency on nothing',
      { Topic: aTopic({ DependsOn: 'Missing' }) },
      'it refers to "Missing", which the template does not have',
    ],
    [
      'an attribute that is not there',
      { Topic: aTopic(), Policy: aPolicy([{ 'Fn::GetAtt': ['Topic', 'Owner'] }]) },
      'it refers to the attribute "Owner" of "Topic", which has TopicArn, TopicName',
    ],
    [
      'a condition that is not there',
      { Topic: aTopic({ Condition: 'Gone' }) },
      'it refers to the condition "Gone", which the template does not have',
    ],
    [
      'a circle',
      { A: aTopic({ DependsOn: 'B' }), B: aTopic({ DependsOn: 'A' }) },
      'Cannot order the resources: "A" -> "B" -> "A" depend on each other',
    ],
  ])('says in one sentence what is wrong: %s', async (_, resources, sentence) => {
    await expect(deployed(aStack(resources))).rejects.toThrow(sentence);
  });

  test('makes nothing at all when a type or a reference is unknown', async () => {
    const seen: string[] = [];
    const answers = {
      'sns:CreateTopic': () => {
        seen.push('made');
        return {};
      },
    };
    await expect(deployed(aStack({ Topic: aTopic(), Queue: { Type: 'AWS::SQS::Queue' } }), answers)).rejects.toThrow();
    expect(seen).toEqual([]);
  });

  test("names the construct and gives the service's own words when a service refuses", async () => {
    const answers = {
      'sns:CreateTopic': () => {
        throw new AwsError('InvalidParameter', 'Invalid parameter: Topic Name');
      },
    };
    const paths = new Map([['Topic', 'Nameplate/Notifications/Resource']]);
    await expect(deployed(aStack({ Topic: aTopic() }, { paths }), answers)).rejects.toThrow(
      'Cannot deploy AWS::SNS::Topic "Topic" (Nameplate/Notifications/Resource): InvalidParameter: Invalid parameter: Topic Name',
    );
  });

  test.each<[string, Partial<Template> & { Transform?: string }, string]>([
    ['a macro', { Transform: 'AWS::Serverless-2016-10-31' }, 'the section "Transform" is not part of the local AWS'],
    [
      'a parameter without a value',
      { Parameters: { Stage: { Type: 'String' } }, Outputs: { Stage: { Value: { Ref: 'Stage' } } } },
      'Cannot tell the output "Stage" of the stack "Stack": it refers to the parameter "Stage" of type String, which was given no value',
    ],
  ])('refuses a template with %s', async (_, template, sentence) => {
    await expect(deployed(aStack({}, template))).rejects.toThrow(sentence);
  });
});
