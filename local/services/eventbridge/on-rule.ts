import type { Call, Operation } from '../../wire/service.ts';
import { ruleArn } from './buses.ts';
import type { EventBridge } from './event-bridge.ts';

interface Named {
  Name?: string | undefined;
  Rule?: string | undefined;
  EventBusName?: string | undefined;
}

/** The rule's ARN and its tags, by which IAM judges a call about a rule, whether it is there yet or not. */
export const onRule = <Input extends object>(
  bridge: EventBridge,
): Pick<Operation<Input>, 'resources' | 'conditions'> => ({
  resources(input: Input, { region, account }: Call) {
    const { Name, Rule, EventBusName }: Named = input;
    const bus = bridge.buses.get(EventBusName, region);
    return [ruleArn({ bus, name: Name ?? Rule ?? '', account })];
  },
  conditions(input: Input, { region }: Call) {
    const { Name, Rule, EventBusName }: Named = input;
    const tags = bridge.buses.get(EventBusName, region).rules.get(Name ?? Rule ?? '')?.tags ?? [];
    return Object.fromEntries([...tags].map(([key, value]) => [`aws:ResourceTag/${key}`, [value]]));
  },
});
