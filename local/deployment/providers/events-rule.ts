import type { PutRuleRequest, PutRuleResponse, PutTargetsResponse, Target } from '@aws-sdk/client-eventbridge';
import { DeploymentError } from '../deployment-error.ts';
import type { Provider } from '../provider.ts';
import { list, map, object, tags } from '../shape.ts';

interface RuleProperties extends Omit<PutRuleRequest, 'EventPattern'> {
  EventPattern?: object;
  Targets?: Target[];
}

/** AWS::Events::Rule, by PutRule and PutTargets. On a bus of its own `Ref` is "bus|rule". */
export const eventsRule: Provider<RuleProperties> = {
  type: 'AWS::Events::Rule',
  properties: {
    Name: 'string',
    Description: 'string',
    EventBusName: 'string',
    EventPattern: 'json',
    RoleArn: 'string',
    ScheduleExpression: 'string',
    State: 'string',
    Tags: tags,
    Targets: list(
      object({
        Arn: 'string',
        Id: 'string',
        RoleArn: 'string',
        Input: 'string',
        InputPath: 'string',
        InputTransformer: object({ InputPathsMap: map('string'), InputTemplate: 'string' }),
        RetryPolicy: object({ MaximumEventAgeInSeconds: 'number', MaximumRetryAttempts: 'number' }),
        DeadLetterConfig: object({ Arn: 'string' }),
      }),
    ),
  },
  async create({ properties: { Targets = [], EventPattern, ...rule }, name, call }) {
    const Name = rule.Name ?? name(64);
    const { RuleArn = '' } = await call<PutRuleResponse>('events', 'PutRule', {
      ...rule,
      Name,
      ...(EventPattern && { EventPattern: JSON.stringify(EventPattern) }),
    });
    const { EventBusName } = rule;
    if (Targets.length > 0) {
      const { FailedEntries: [failed] = [] } = await call<PutTargetsResponse>('events', 'PutTargets', {
        Rule: Name,
        ...(EventBusName !== undefined && { EventBusName }),
        Targets,
      });
      if (failed) throw new DeploymentError(`its target "${failed.TargetId}" was refused: ${failed.ErrorMessage}`);
    }
    const bus = EventBusName?.split('/').at(-1) ?? 'default';
    return { ref: bus === 'default' ? Name : `${bus}|${Name}`, attributes: { Arn: RuleArn } };
  },
};
