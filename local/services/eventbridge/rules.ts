import type {
  DeleteRuleRequest,
  DescribeRuleRequest,
  DescribeRuleResponse,
  DisableRuleRequest,
  ListRulesRequest,
  ListRulesResponse,
  RuleState,
  Rule as RuleSummary,
  TestEventPatternRequest,
  TestEventPatternResponse,
} from '@aws-sdk/client-eventbridge';
import { AwsError, type Operation } from '../../wire/service.ts';
import type { Rule } from './bus.ts';
import type { EventBridge } from './event-bridge.ts';
import { onRule } from './on-rule.ts';
import { page } from './page.ts';
import type { Json } from './patterns/json.ts';
import { eventPattern } from './patterns/pattern.ts';
import { plan } from './scheduled.ts';

/** Deletes a rule that has no targets any more; one that isn't there is deleted already. */
export const deleteRule = (bridge: EventBridge): Operation<DeleteRuleRequest, object> => ({
  ...onRule<DeleteRuleRequest>(bridge),
  run({ Name, EventBusName }, { region }) {
    const bus = bridge.buses.get(EventBusName, region);
    const rule = bus.rules.get(Name ?? '');
    if (rule && rule.targets.size > 0) {
      throw new AwsError('ValidationException', "Rule can't be deleted since it has targets.");
    }
    rule?.timer?.cancel();
    bus.rules.delete(Name ?? '');
    return {};
  },
});

export const describeRule = (bridge: EventBridge): Operation<DescribeRuleRequest, DescribeRuleResponse> => ({
  ...onRule<DescribeRuleRequest>(bridge),
  run: ({ Name, EventBusName }, { region, account }) => ({
    ...summary(bridge.buses.rule(Name, EventBusName, region)),
    CreatedBy: account,
  }),
});

export const listRules = ({ buses }: EventBridge): Operation<ListRulesRequest, ListRulesResponse> => ({
  run({ EventBusName, NamePrefix = '', ...paging }, { region }) {
    const rules = [...buses.get(EventBusName, region).rules.values()];
    const { items, ...next } = page(
      rules.filter(({ name }) => name.startsWith(NamePrefix)),
      paging,
    );
    return { Rules: items.map(summary), ...next };
  },
});

const setState =
  (state: RuleState) =>
  (bridge: EventBridge): Operation<DisableRuleRequest, object> => ({
    ...onRule<DisableRuleRequest>(bridge),
    run({ Name, EventBusName }, { region }) {
      const rule = bridge.buses.rule(Name, EventBusName, region);
      rule.state = state;
      plan(bridge, rule);
      return {};
    },
  });

export const enableRule = setState('ENABLED');
export const disableRule = setState('DISABLED');

const REQUIRED = ['id', 'account', 'source', 'time', 'region', 'resources', 'detail-type'];

export const testEventPattern = (): Operation<TestEventPatternRequest, TestEventPatternResponse> => ({
  run({ EventPattern = '', Event = '' }) {
    const meets = eventPattern(EventPattern);
    const event = parsedEvent(Event);
    const missing = REQUIRED.find((name) => !(name in event));
    if (missing !== undefined) throw invalidEvent();
    return { Result: meets(event as Json) };
  },
});

function parsedEvent(text: string): object {
  try {
    const event: unknown = JSON.parse(text);
    if (typeof event === 'object' && event !== null) return event;
  } catch (error) {
    if ((error as Error).name !== 'SyntaxError') throw error;
  }
  throw invalidEvent();
}

/** It does not say what is missing: so recordings of AWS in LocalStack's tests show; checked 2026-11-30. */
const invalidEvent = (): AwsError => new AwsError('ValidationException', 'Parameter Event is not valid.');

function summary({ name, arn, bus, state, description, roleArn, pattern, schedule }: Rule): RuleSummary {
  return {
    Name: name,
    Arn: arn,
    State: state,
    EventBusName: bus.name,
    ...(description !== undefined && { Description: description }),
    ...(roleArn !== undefined && { RoleArn: roleArn }),
    ...(pattern && { EventPattern: pattern.text }),
    ...(schedule && { ScheduleExpression: schedule.text }),
  };
}
