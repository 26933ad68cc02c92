import type { HistoryEvent } from '@aws-sdk/client-sfn';
import type { Rate } from '../../clock/token-bucket.ts';
import type { Host } from '../../host.ts';
import type { Dispatch, Service } from '../../wire/service.ts';
import constraints from './constraints.json' with { type: 'json' };
import type { Engine, Execution } from './execution/execution.ts';
import { Tokens } from './execution/tokens.ts';
import { Registry } from './machines/registry.ts';
import { dispatchAs } from './machines/role-session.ts';
import { statusEvent } from './machines/status-event.ts';
import { createStateMachine } from './operations/create-state-machine.ts';
import { deleteStateMachine } from './operations/delete-state-machine.ts';
import { describeExecution } from './operations/describe-execution.ts';
import { describeStateMachine, describeStateMachineForExecution } from './operations/describe-state-machine.ts';
import { getExecutionHistory } from './operations/get-execution-history.ts';
import { listExecutions } from './operations/list-executions.ts';
import { listStateMachines } from './operations/list-state-machines.ts';
import { redriveExecution } from './operations/redrive-execution.ts';
import { startExecution } from './operations/start-execution.ts';
import { stopExecution } from './operations/stop-execution.ts';
import { listTagsForResource, tagResource, untagResource } from './operations/tags.ts';
import { sendTaskFailure, sendTaskHeartbeat, sendTaskSuccess } from './operations/task-tokens.ts';
import { updateStateMachine } from './operations/update-state-machine.ts';
import { validateStateMachineDefinition } from './operations/validate-state-machine-definition.ts';
import type { World } from './operations/world.ts';
import { ratesIn } from './rates.ts';

/** Hears of a history event as it happens. */
export type HistoryListener = (heard: { executionArn: string; event: HistoryEvent }) => void;

export interface States {
  service: Service;
  /** Billed state transitions of an execution so far; undefined when there is no such execution. */
  transitions(executionArn: string): number | undefined;
  /** The ARNs of the executions that have not ended. */
  running(): string[];
  /** Adds a listener to every execution's history; returns what takes it away. */
  onEvent(listener: HistoryListener): () => void;
}

/** Step Functions: Standard state machines in JSONata. Tasks call other services through `dispatch`, as the machine's role. */
export function createStates(
  host: Host,
  { dispatch, starts, trustOf }: { dispatch: Dispatch; starts?: Rate | undefined; trustOf?: World['trustOf'] },
): States {
  const listeners = new Set<HistoryListener>();
  const registry = new Registry(host.clock);
  const engine: Engine = {
    clock: host.clock,
    draws: host.draws,
    tokens: new Tokens(),
    dispatchAs: (revision) => dispatchAs(revision, { host, dispatch }),
    onEvent({ arn }, event) {
      for (const listener of listeners) listener({ executionArn: arn, event });
    },
    onStatus(execution) {
      host.emit(statusEvent(execution, host.clock.now()));
      if (execution.ending) dropDeleted(registry, execution);
    },
  };
  return {
    service: { ...serviceOf({ host, registry, engine, trustOf }), rates: ratesIn(host.homeRegion, starts) },
    transitions: (executionArn) => registry.findExecution(executionArn)?.transitions,
    running: () => registry.running().map(({ arn }) => arn),
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function dropDeleted(registry: Registry, { revision }: Execution): void {
  const machine = registry.findMachine(revision.stateMachineArn);
  if (machine) registry.dropDeleted(machine);
}

const serviceOf = (world: World): Service => ({
  name: 'states',
  protocol: 'awsJson1_0',
  model: () => import('@aws-sdk/client-sfn'),
  constraints,
  operations: {
    CreateStateMachine: createStateMachine(world),
    DeleteStateMachine: deleteStateMachine(world),
    DescribeExecution: describeExecution(world),
    DescribeStateMachine: describeStateMachine(world),
    DescribeStateMachineForExecution: describeStateMachineForExecution(world),
    GetExecutionHistory: getExecutionHistory(world),
    ListExecutions: listExecutions(world),
    ListStateMachines: listStateMachines(world),
    ListTagsForResource: listTagsForResource(world),
    RedriveExecution: redriveExecution(world),
    SendTaskFailure: sendTaskFailure(world),
    SendTaskHeartbeat: sendTaskHeartbeat(world),
    SendTaskSuccess: sendTaskSuccess(world),
    StartExecution: startExecution(world),
    StopExecution: stopExecution(world),
    TagResource: tagResource(world),
    UntagResource: untagResource(world),
    UpdateStateMachine: updateStateMachine(world),
    ValidateStateMachineDefinition: validateStateMachineDefinition(),
  },
});
