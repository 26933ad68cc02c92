import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { MAX_ATTEMPTS } from '../../aws/retry-strategy.ts';
import { PHASES } from '../../domain/changes/change.ts';
import { definitionOf, WORKFLOWS } from '../../infra/workflows/definition.ts';
import { type Definition, type Retrier, type States, stepOf, type Task } from '../../infra/workflows/states.ts';
import { root } from '../support/paths.ts';

/** An execution may have so many. Source: Step Functions guide, "Quotas", checked 2026-11-22. */
const MAX_EVENTS = 25_000;
/** TaskScheduled, TaskStarted, TaskFailed. */
const EVENTS_OF_A_RETRY = 3;
const HOUR_SECONDS = 3_600;
const DAY_SECONDS = 24 * HOUR_SECONDS;

/** Every state of a workflow by name, those of branches included. */
const statesOf = ({ States }: Definition): States =>
  Object.entries(States).reduce(
    (all, [name, state]) => Object.assign(all, { [name]: state }, ...(state.Branches ?? []).map(statesOf)),
    {},
  );

const tasksOf = (workflow: string): [string, Task & { Arguments: Record<string, unknown> }][] =>
  Object.entries(statesOf(definitionOf(workflow))).filter(([, { Type }]) => Type === 'Task') as never;
const retrierOf = ({ Retry = [] }: Task, error: string): Retrier | undefined =>
  Retry.find(({ ErrorEquals }) => ErrorEquals.includes(error));

/** How long a retrier waits in all before it gives up; a drawn delay is half as long on average. */
function patienceSeconds(retrier: Retrier | undefined, attempts = retrier?.MaxAttempts ?? 0): number {
  let waited = 0;
  for (let attempt = 0; retrier && attempt < attempts; attempt += 1) {
    const { IntervalSeconds, BackoffRate, MaxDelaySeconds = Infinity } = retrier;
    waited += Math.min(IntervalSeconds * BackoffRate ** attempt, MaxDelaySeconds);
  }
  return retrier?.JitterStrategy === 'FULL' ? waited / 2 : waited;
}

describe.each(WORKFLOWS)('%s', (workflow) => {
  const functions = tasksOf(workflow).filter(([, { Resource }]) => Resource?.includes(':lambda:'));

  test('calls a function that there is: of the name of its state, or of a resource for one of its phases', () => {
    const files = globSync('functions/*/*.ts', { cwd: root }).map((file) => basename(file, '.ts').replaceAll('-', ''));
    for (const [name, { Arguments }] of functions) {
      const called = /^\$\{(\w+)\}$/.exec(String(Arguments.FunctionName))?.[1] ?? '';
      expect(files).toContain(called.toLowerCase());
      const { phase } = (Arguments.Payload ?? {}) as { phase?: unknown };
      if (phase === undefined) expect(called).toBe(stepOf(name));
      else expect([...PHASES, 'prepare-viewer', 'prepare-origin', 'release-origin', 'discard']).toContain(phase);
    }
  });

  test('W3: lets a worker that was killed, or is busy, be tried again everywhere', () => {
    for (const [name, task] of functions) {
      for (const error of ['Throttled', 'Lambda.Unknown', 'Runtime.ExitError', 'Sandbox.Timedout']) {
        expect([name, retrierOf(task, error)?.MaxAttempts]).toEqual([name, 600]);
      }
      const timeOut = [...(task.Catch ?? []), ...(task.Retry ?? [])];
      expect([name, timeOut.some(({ ErrorEquals }) => ErrorEquals.includes('States.Timeout'))]).toEqual([name, true]);
    }
  });

  test('outlasts an outage of AWS by a day at least, at every task, in a tenth of the events that an execution may have', () => {
    for (const [name, task] of tasksOf(workflow)) {
      const outage = retrierOf(task, 'Throttled') ?? retrierOf(task, 'States.ALL');
      expect([name, patienceSeconds(outage) > DAY_SECONDS]).toEqual([name, true]);
      expect((outage?.MaxAttempts ?? Infinity) * EVENTS_OF_A_RETRY).toBeLessThan(MAX_EVENTS / 10);
      expect(outage?.MaxDelaySeconds).toBeLessThanOrEqual(HOUR_SECONDS / 6);
    }
  });

  test('W14: tries a call that AWS is too busy for fewer than fifty times in the first ten minutes, and never at one moment with others', () => {
    for (const [name, { Retry = [], ...task }] of tasksOf(workflow)) {
      const errors = Retry.flatMap(({ ErrorEquals }) => ErrorEquals);
      expect([name, errors.length]).toEqual([name, new Set(errors).size]);
      const busy = retrierOf({ ...task, Retry }, 'Throttled') ?? retrierOf({ ...task, Retry }, 'States.ALL');
      const inTenMinutes = Math.floor(49 / MAX_ATTEMPTS);
      expect(patienceSeconds(busy, inTenMinutes - 1)).toBeGreaterThan(600);
      expect(busy).toMatchObject({ JitterStrategy: 'FULL', BackoffRate: 2 });
    }
  });

  test('W15: looks again for minutes, and not for days, where AWS denies', () => {
    for (const [, task] of functions) {
      expect(patienceSeconds(retrierOf(task, 'Denied'))).toBeGreaterThan(60);
      expect(patienceSeconds(retrierOf(task, 'Denied'))).toBeLessThan(HOUR_SECONDS);
    }
  });

  test('W2: hands every function what the execution began with, and nothing that another has found', () => {
    const given = ['domain', 'revision', 'workflow'];
    for (const [name, { Arguments }] of functions) {
      const [own, others] = [Object.keys(Arguments.Payload ?? {}), ['taskToken', 'error', 'restored', 'phase']];
      expect([name, own.filter((key) => !others.includes(key))]).toEqual([name, given]);
    }
  });

  test('retries nothing that a retry cannot mend', () => {
    for (const error of ['Conflict', 'Misconfigured', 'Refused', 'QuotaReached', 'States.ALL', 'States.TaskFailed']) {
      for (const [name, task] of functions) expect([name, retrierOf(task, error)]).toEqual([name, undefined]);
    }
  });
});

describe('Onboard', () => {
  const retrier = (name: string) => retrierOf(statesOf(definitionOf('Onboard'))[name] as Task, 'NotReady');

  test('W1: waits thirty days for the delegation, well within the events that an execution may have', () => {
    const waiting = retrier('CheckDelegation');
    expect(patienceSeconds(waiting)).toBeGreaterThanOrEqual(30 * DAY_SECONDS);
    expect((waiting?.MaxAttempts ?? Infinity) * EVENTS_OF_A_RETRY).toBeLessThan(MAX_EVENTS * 0.6);
    const { TimeoutSeconds } = definitionOf('Onboard') as Definition & { TimeoutSeconds: number };
    expect(TimeoutSeconds).toBeGreaterThan(30 * DAY_SECONDS + 4 * DAY_SECONDS);
  });

  test.each([
    ['A1', 'RequestCertificate', 5],
    ['L1', 'AttachCertificate', 5],
    ['L13', 'AwaitLoadBalancer', 10],
    ['R19', 'AwaitSync', 5],
    ['R19', 'AwaitOriginSync (cdn)', 5],
    ['one whose answer was lost', 'CreateDistribution (cdn)', 8],
    ['C4', 'ServeAliases (cdn)', 45],
    ['CloudFront deploys for minutes, and for half an hour at times', 'AwaitDistribution (cdn)', 45],
    ['Preflight', 'Preflight', 5.5],
    ['ProbeSite', 'ProbeSite', 5.5],
  ])('%s: %s waits for %d minutes at least before it gives up', (_, name, minutes) => {
    expect(patienceSeconds(retrier(name))).toBeGreaterThanOrEqual(minutes * 60);
  });
});
