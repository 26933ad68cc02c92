import type { Integration } from '../integrations/integration.ts';
import type { StateFailure } from '../language/failure.ts';
import type { Json } from '../language/json.ts';
import { WHOLE } from './state-events.ts';
import type { Visit } from './visit.ts';

interface Limits {
  timeoutSeconds: number | undefined;
  heartbeatSeconds: number | undefined;
}

/** The history of one attempt of a Task, in the family of events that its resource has. */
export interface TaskEvents {
  scheduled(given: Json, limits: Limits): void;
  started(): void;
  /** Of a task with a token: the call is made, the token is out. */
  submitted(output: Json): void;
  succeeded(output: Json): void;
  failed(failure: StateFailure): void;
}

export const taskEvents = (visit: Visit, { resource }: Integration): TaskEvents =>
  resource.family === 'lambda' ? functionEvents(visit, resource.arn) : serviceEvents(visit, resource);

function serviceEvents(visit: Visit, { type, action }: { type: string; action: string }): TaskEvents {
  const what = { resourceType: type, resource: action };
  const outcome = (output: Json) => ({ ...what, output: JSON.stringify(output), outputDetails: WHOLE });
  return {
    scheduled: (given, limits) =>
      visit.log('TaskScheduled', {
        taskScheduledEventDetails: {
          ...what,
          region: visit.execution.region,
          parameters: JSON.stringify(given),
          ...limitDetails(limits),
        },
      }),
    started: () => visit.log('TaskStarted', { taskStartedEventDetails: what }),
    submitted: (output) => visit.log('TaskSubmitted', { taskSubmittedEventDetails: outcome(output) }),
    succeeded: (output) => visit.log('TaskSucceeded', { taskSucceededEventDetails: outcome(output) }),
    failed(failure) {
      const details = { ...what, ...failure.details };
      if (failure.error === 'States.Timeout') visit.log('TaskTimedOut', { taskTimedOutEventDetails: details });
      else visit.log('TaskFailed', { taskFailedEventDetails: details });
    },
  };
}

function functionEvents(visit: Visit, arn: string): TaskEvents {
  return {
    scheduled: (given, limits) =>
      visit.log('LambdaFunctionScheduled', {
        lambdaFunctionScheduledEventDetails: {
          resource: arn,
          input: JSON.stringify(given),
          inputDetails: WHOLE,
          ...limitDetails({ ...limits, heartbeatSeconds: undefined }),
        },
      }),
    started: () => visit.log('LambdaFunctionStarted'),
    submitted() {},
    succeeded: (output) =>
      visit.log('LambdaFunctionSucceeded', {
        lambdaFunctionSucceededEventDetails: { output: JSON.stringify(output), outputDetails: WHOLE },
      }),
    failed({ error, details }) {
      if (error === 'States.Timeout')
        visit.log('LambdaFunctionTimedOut', { lambdaFunctionTimedOutEventDetails: details });
      else visit.log('LambdaFunctionFailed', { lambdaFunctionFailedEventDetails: details });
    },
  };
}

const limitDetails = ({ timeoutSeconds, heartbeatSeconds }: Limits) => ({
  ...(timeoutSeconds === undefined ? {} : { timeoutInSeconds: timeoutSeconds }),
  ...(heartbeatSeconds === undefined ? {} : { heartbeatInSeconds: heartbeatSeconds }),
});
