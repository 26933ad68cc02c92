import type { StateType } from '../language/state.ts';
import type { EventType } from './history.ts';
import type { Leave, Visit } from './visit.ts';

const ENTERED: Record<StateType, EventType> = {
  Pass: 'PassStateEntered',
  Task: 'TaskStateEntered',
  Choice: 'ChoiceStateEntered',
  Wait: 'WaitStateEntered',
  Succeed: 'SucceedStateEntered',
  Fail: 'FailStateEntered',
  Parallel: 'ParallelStateEntered',
  Map: 'MapStateEntered',
};

const EXITED: Partial<Record<StateType, EventType>> = {
  Pass: 'PassStateExited',
  Task: 'TaskStateExited',
  Choice: 'ChoiceStateExited',
  Wait: 'WaitStateExited',
  Succeed: 'SucceedStateExited',
  Parallel: 'ParallelStateExited',
  Map: 'MapStateExited',
};

export const WHOLE = { truncated: false };

export function logEntered(visit: Visit): void {
  visit.enteredId = visit.log(ENTERED[visit.state.type], {
    stateEnteredEventDetails: { name: visit.state.name, input: JSON.stringify(visit.input), inputDetails: WHOLE },
  });
}

export function logExited(visit: Visit, { output, assigned }: Leave): void {
  const type = EXITED[visit.state.type];
  if (!type) return;
  const variables = Object.entries(assigned ?? {}).map(([name, value]) => [name, JSON.stringify(value)] as const);
  visit.log(type, {
    stateExitedEventDetails: {
      name: visit.state.name,
      output: JSON.stringify(output),
      outputDetails: WHOLE,
      ...(variables.length > 0
        ? { assignedVariables: Object.fromEntries(variables), assignedVariablesDetails: WHOLE }
        : {}),
    },
  });
}
