import type { PutRuleRequest, PutRuleResponse } from '@aws-sdk/client-eventbridge';
import { AwsError, type Operation } from '../../wire/service.ts';
import { violation } from '../../wire/violation.ts';
import type { Rule } from './bus.ts';
import { ruleArn } from './buses.ts';
import { checkName } from './check-name.ts';
import type { EventBridge } from './event-bridge.ts';
import { onRule } from './on-rule.ts';
import { eventPattern } from './patterns/pattern.ts';
import { RULES_PER_BUS } from './quotas.ts';
import { plan } from './scheduled.ts';
import { schedule } from './schedules/schedule.ts';
import { requestTagConditions, setTags } from './tags.ts';

const STATES = ['ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'];

/** Makes a rule or replaces what it says; its targets stay. */
export const putRule = (bridge: EventBridge): Operation<PutRuleRequest, PutRuleResponse> => {
  const { resources, conditions } = onRule<PutRuleRequest>(bridge);
  return {
    ...(resources && { resources }),
    conditions: (input, call) => ({ ...conditions?.(input, call), ...requestTagConditions(input.Tags) }),
    run(input, { region, account }) {
      const { Name: name = '', EventPattern, ScheduleExpression, State: state = 'ENABLED' } = input;
      if (!STATES.includes(state)) {
        const constraint = `Member must satisfy enum value set: [${STATES.join(', ')}]`;
        throw violation(state, { member: 'state', constraint, code: 'ValidationException' });
      }
      checkName(name, 'name');
      const bus = bridge.buses.get(input.EventBusName, region);
      if (!EventPattern && !ScheduleExpression) {
        throw new AwsError('ValidationException', 'Parameter(s) EventPattern or ScheduleExpression must be specified.');
      }
      if (ScheduleExpression && bus.name !== 'default') {
        throw new AwsError('ValidationException', 'ScheduleExpression is supported only on the default event bus.');
      }
      const old = bus.rules.get(name);
      if (!old && bus.rules.size >= RULES_PER_BUS) {
        throw new AwsError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');
      }
      const rule: Rule = {
        name,
        arn: ruleArn({ bus, name, account }),
        bus,
        state,
        description: input.Description,
        roleArn: input.RoleArn,
        pattern: EventPattern ? { text: EventPattern, meets: eventPattern(EventPattern) } : undefined,
        schedule: ScheduleExpression ? { text: ScheduleExpression, next: schedule(ScheduleExpression) } : undefined,
        timer: old?.timer,
        targets: old?.targets ?? new Map(),
        tags: new Map(old?.tags),
      };
      setTags(rule.tags, input.Tags);
      bus.rules.set(name, rule);
      plan(bridge, rule);
      return { RuleArn: rule.arn };
    },
  };
};
