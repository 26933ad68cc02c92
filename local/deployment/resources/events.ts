import type { ResourceType } from '../resource.ts';

/** AWS::Events::EventBus */
export const eventBus: ResourceType = {
  properties: ['Name', 'Description'],
  async create({ Name, Description }, { call, stackName, logicalId }) {
    // CDK gives buses their own unique name; without one CloudFormation uses the stack's and the logical id.
    const name: string = Name ?? `${stackName}-${logicalId}`;
    const { EventBusArn } = await call('events', 'CreateEventBus', { Name: name, ...(Description && { Description }) });
    return { ref: name, attributes: { Arn: EventBusArn, Name: name } };
  },
};

/** AWS::Events::Rule, targets included. */
export const rule: ResourceType = {
  properties: [
    'Name',
    'Description',
    'EventBusName',
    'EventPattern',
    'ScheduleExpression',
    'State',
    'RoleArn',
    'Targets',
  ],
  async create({ Name, EventPattern, Targets, ...rest }, { call, name }) {
    const ruleName: string = Name ?? name(64);
    const { RuleArn } = await call<{ RuleArn: string }>('events', 'PutRule', {
      Name: ruleName,
      ...rest,
      ...(EventPattern && { EventPattern: JSON.stringify(EventPattern) }),
    });
    if (Targets) {
      const { FailedEntries = [] } = await call<{ FailedEntries?: { ErrorMessage: string }[] }>(
        'events',
        'PutTargets',
        {
          Rule: ruleName,
          ...(rest.EventBusName && { EventBusName: rest.EventBusName }),
          Targets,
        },
      );
      if (FailedEntries.length > 0) throw new Error(FailedEntries.map(({ ErrorMessage }) => ErrorMessage).join('; '));
    }
    return { ref: ruleName, attributes: { Arn: RuleArn } };
  },
};
