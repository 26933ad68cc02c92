import type {
  ListRuleNamesByTargetRequest,
  ListRuleNamesByTargetResponse,
  ListTargetsByRuleRequest,
  ListTargetsByRuleResponse,
  PutTargetsRequest,
  PutTargetsResponse,
  RemoveTargetsRequest,
  RemoveTargetsResponse,
  Target,
} from '@aws-sdk/client-eventbridge';
import { passingRole } from '../../wire/passing-role.ts';
import { AwsError, type Operation } from '../../wire/service.ts';
import { violation } from '../../wire/violation.ts';
import { checkName } from './check-name.ts';
import { isJsonPath } from './delivery/json-path.ts';
import { serviceOf, TARGET_CALLS } from './delivery/target-call.ts';
import { strangePlaceholder } from './delivery/target-input.ts';
import type { EventBridge } from './event-bridge.ts';
import { onRule } from './on-rule.ts';
import { page } from './page.ts';
import { TARGET_INPUT_CHARACTERS, TARGETS_PER_RULE } from './quotas.ts';

/** Adds targets to a rule, or replaces those of the same id. */
export const putTargets = (bridge: EventBridge): Operation<PutTargetsRequest, PutTargetsResponse> => ({
  ...onRule<PutTargetsRequest>(bridge),
  dependents: ({ Targets = [] }) =>
    Targets.flatMap(({ RoleArn }) => (RoleArn === undefined ? [] : passingRole(RoleArn, 'events.amazonaws.com'))),
  run({ Rule, EventBusName, Targets = [] }, { region }) {
    refuseNone('targets', Targets);
    Targets.forEach(({ Id = '' }, index) => {
      checkName(Id, `targets.${index + 1}.member.id`);
    });
    const { targets } = bridge.buses.rule(Rule, EventBusName, region);
    for (const target of Targets) refuseUnusable(target, region);
    const ids = new Set([...targets.keys(), ...Targets.map(({ Id }) => Id)]);
    if (ids.size > TARGETS_PER_RULE) {
      throw new AwsError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');
    }
    for (const target of Targets) targets.set(target.Id ?? '', structuredClone(target));
    return { FailedEntryCount: 0, FailedEntries: [] };
  },
});

function refuseNone(member: string, list: unknown[]): void {
  if (list.length > 0) return;
  const constraint = 'Member must have length greater than or equal to 1';
  throw violation('[]', { member, constraint, code: 'ValidationException' });
}

function refuseUnusable(
  { Id = '', Arn = '', RoleArn, Input, InputPath, InputTransformer, DeadLetterConfig }: Target,
  region: string,
): void {
  const refuse = (message: string): never => {
    throw new AwsError('ValidationException', message);
  };
  const service = serviceOf(Arn);
  if (!Arn.startsWith('arn:')) refuse('Parameter Arn is not valid. Reason: Provided Arn is not in correct format.');
  if (!TARGET_CALLS[service] && service !== 'events') {
    refuse(`Target ${Id}: ${service} is no target in the local AWS: it has lambda, states, sns and event buses.`);
  }
  // Source: Terraform's aws_cloudwatch_event_target, `role_arn`, and EventBridge User Guide, "cross-Region"; checked 2026-11-29.
  const isElsewhere = service === 'events' && Arn.split(':')[3] !== region;
  if ((service === 'states' || isElsewhere) && RoleArn === undefined) refuse(`RoleArn is required for target ${Arn}.`);
  if ([Input, InputPath, InputTransformer].filter((one) => one !== undefined).length > 1) {
    refuse(`Only one of Input, InputPath, or InputTransformer must be provided for target ${Id}.`);
  }
  if (Input !== undefined && (Input.length > TARGET_INPUT_CHARACTERS || !isJson(Input))) {
    refuse(`JSON syntax error in input for target ${Id}`);
  }
  for (const path of [InputPath, ...Object.values(InputTransformer?.InputPathsMap ?? {})]) {
    if (path !== undefined && !isJsonPath(path)) refuse(`Invalid JSONPath for target ${Id}: ${path}`);
  }
  const strange = InputTransformer && strangePlaceholder(InputTransformer);
  if (strange !== undefined) refuse(`InputTemplate for target ${Id} contains invalid placeholder ${strange}.`);
  if (DeadLetterConfig?.Arn !== undefined) {
    refuse(`Target ${Id}: a dead-letter queue needs SQS, which is not part of the local AWS.`);
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if ((error as Error).name === 'SyntaxError') return false;
    throw error;
  }
}

export const removeTargets = (bridge: EventBridge): Operation<RemoveTargetsRequest, RemoveTargetsResponse> => ({
  ...onRule<RemoveTargetsRequest>(bridge),
  run({ Rule, EventBusName, Ids = [] }, { region }) {
    refuseNone('ids', Ids);
    const { targets } = bridge.buses.rule(Rule, EventBusName, region);
    for (const id of Ids) targets.delete(id);
    return { FailedEntryCount: 0, FailedEntries: [] };
  },
});

export const listTargetsByRule = (
  bridge: EventBridge,
): Operation<ListTargetsByRuleRequest, ListTargetsByRuleResponse> => ({
  ...onRule<ListTargetsByRuleRequest>(bridge),
  run({ Rule, EventBusName, ...paging }, { region }) {
    const { items, ...next } = page([...bridge.buses.rule(Rule, EventBusName, region).targets.values()], paging);
    return { Targets: items, ...next };
  },
});

export const listRuleNamesByTarget = ({
  buses,
}: EventBridge): Operation<ListRuleNamesByTargetRequest, ListRuleNamesByTargetResponse> => ({
  run({ TargetArn, EventBusName, ...paging }, { region }) {
    const rules = [...buses.get(EventBusName, region).rules.values()];
    const named = rules.filter(({ targets }) => [...targets.values()].some(({ Arn }) => Arn === TargetArn));
    const { items, ...next } = page(named, paging);
    return { RuleNames: items.map(({ name }) => name), ...next };
  },
});
