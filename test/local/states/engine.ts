import type { InvocationRequest } from '@aws-sdk/client-lambda';
import {
  CreateStateMachineCommand,
  type DescribeExecutionOutput,
  type HistoryEvent,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { Host } from '../../../local/host.ts';
import type { PolicyDocument } from '../../../local/permissions/policy.ts';
import { createStates, type States } from '../../../local/services/states/service.ts';
import { AwsError, type Principal, type Service } from '../../../local/wire/service.ts';
import { type AFront, aFront } from '../../support/front.ts';

/** The role of every state machine here: the first that the engine makes. */
export const ROLE = 'arn:aws:iam::123456789012:role/TestRole1';

/** A function: gets the event and answers or throws. */
export type Fn = (event: never, call: { principal: Principal }) => unknown;

/** States of a definition, or a whole definition. */
export type Asl = Record<string, unknown>;

export interface Ended {
  arn: string;
  execution: DescribeExecutionOutput;
  /** Parsed. */
  output: unknown;
  events: HistoryEvent[];
  /** "TaskScheduled", … */
  types: string[];
}

export interface AnEngine extends AFront {
  sfn: SFNClient;
  states: States;
  /** Creates a state machine and returns its ARN. */
  create(definition: Asl, options?: { name?: string }): Promise<string>;
  /** Starts an execution of a definition, or of a state machine by its ARN. */
  start(definition: Asl | string, options?: { input?: unknown; name?: string }): Promise<string>;
  /** Runs an execution to its end. */
  run(definition: Asl | string, options?: { input?: unknown; name?: string }): Promise<Ended>;
  /** Moves the clock until the execution has ended. */
  end(executionArn: string, options?: { limitMs?: number }): Promise<Ended>;
  look(executionArn: string): Promise<Ended>;
}

/** Step Functions behind a front, with Lambda functions written in the test and any other services. */
export async function anEngine({
  functions = {},
  services = () => [],
  seed = 1,
  speed = 0,
  allow = ['*'],
  trustOf,
}: {
  functions?: Record<string, Fn>;
  services?: (host: Host) => Service[];
  seed?: number;
  speed?: number;
  /** The actions that the role of the state machines may do. */
  allow?: string[];
  /** Who may assume a role. Left out: Step Functions any. */
  trustOf?: (roleArn: string) => PolicyDocument | undefined;
} = {}): Promise<AnEngine> {
  let states: States | undefined;
  const front = await aFront({
    seed,
    speed,
    services: (host, dispatch) => {
      states = createStates(host, { dispatch, trustOf });
      return [states.service, aLambda(functions), ...services(host)];
    },
  });
  front.role({ Effect: 'Allow', Action: allow, Resource: '*' });
  const sfn = front.client(SFNClient);
  let count = 0;
  const engine: AnEngine = {
    ...front,
    sfn,
    states: states as States,
    async create(definition, { name = `machine-${++count}` } = {}) {
      const whole = { QueryLanguage: 'JSONata', ...definition };
      const { stateMachineArn } = await sfn.send(
        new CreateStateMachineCommand({ name, definition: JSON.stringify(whole), roleArn: ROLE }),
      );
      return stateMachineArn ?? '';
    },
    async start(definition, { input = {}, name } = {}) {
      const stateMachineArn = typeof definition === 'string' ? definition : await engine.create(definition);
      const { executionArn } = await sfn.send(
        new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input), ...(name ? { name } : {}) }),
      );
      return executionArn ?? '';
    },
    run: async (definition, options) => engine.end(await engine.start(definition, options)),
    async end(arn, { limitMs = 366 * 86_400_000 } = {}) {
      await front.clock.until(async () => (await engine.look(arn)).execution.status !== 'RUNNING', { limitMs });
      return engine.look(arn);
    },
    async look(arn) {
      // Asked from inside, so that looking neither counts as work nor empties a token bucket.
      const ask = (operation: string, input: object) =>
        states?.service.operations[operation]?.run(input as never, { region: 'us-east-1' } as never);
      const execution = ask('DescribeExecution', { executionArn: arn }) as DescribeExecutionOutput;
      const { events = [] } = ask('GetExecutionHistory', { executionArn: arn, maxResults: 1000 }) as {
        events: HistoryEvent[];
      };
      return {
        arn,
        execution,
        output: execution.output === undefined ? undefined : JSON.parse(execution.output),
        events,
        types: events.map(({ type }) => type ?? ''),
      };
    },
  };
  return engine;
}

/** One state and nothing else: `one({ Type: 'Pass', Output: 1 })`. */
export const one = (state: Asl): Asl => ({ StartAt: 'One', States: { One: { End: true, ...state } } });

/** A state machine of these states in order; each leads to the next unless it says otherwise. */
export function line(states: Record<string, Asl>): Asl {
  const names = Object.keys(states);
  const linked = names.map((name, index) => {
    const state = states[name] ?? {};
    const ends = ['Succeed', 'Fail', 'Choice'].includes(String(state.Type)) || 'Next' in state || 'End' in state;
    const next = names[index + 1];
    return [name, ends ? state : { ...state, ...(next === undefined ? { End: true } : { Next: next }) }];
  });
  return { StartAt: names[0], States: Object.fromEntries(linked) };
}

/** A Task that invokes a function of the test. */
export const invoke = (name: string, state: Asl = {}): Asl => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: name, Payload: '{% $states.input %}' },
  Output: '{% $states.result.Payload %}',
  ...state,
});

/** An error as a handler throws it. */
export function thrown(name: string, message = 'for a reason'): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}

/** Lambda with the functions of the test: what they throw is reported as the Node.js runtime reports it. */
function aLambda(functions: Record<string, Fn>): Service {
  return {
    name: 'lambda',
    protocol: 'restJson1',
    model: () => import('@aws-sdk/client-lambda'),
    operations: {
      Invoke: {
        action: 'lambda:InvokeFunction',
        resources: ({ FunctionName: name }: InvocationRequest) => [
          `arn:aws:lambda:us-east-1:123456789012:function:${name}`,
        ],
        async run({ FunctionName: name = '', Payload: payload }: InvocationRequest, call: { principal: Principal }) {
          const fn = functions[name.split(':').pop() ?? ''];
          if (!fn) {
            throw new AwsError('ResourceNotFoundException', `Function not found: ${name}`, { status: 404 });
          }
          const event = payload ? JSON.parse(Buffer.from(payload).toString()) : {};
          const answer = { StatusCode: 200, ExecutedVersion: '$LATEST' };
          try {
            const result = (await fn(event as never, call)) ?? null;
            return { ...answer, Payload: Buffer.from(JSON.stringify(result)) };
          } catch (error) {
            if (!(error instanceof Error))
              return { ...answer, FunctionError: 'Unhandled', Payload: Buffer.from(JSON.stringify(error)) };
            const report = { errorType: error.name, errorMessage: error.message, trace: [] };
            return { ...answer, FunctionError: 'Unhandled', Payload: Buffer.from(JSON.stringify(report)) };
          }
        },
      },
    },
  };
}
