import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { MAX_ATTEMPTS } from '../../aws/retry-strategy.ts';
import { root } from '../support/paths.ts';

interface Retrier {
  ErrorEquals: string[];
  IntervalSeconds: number;
  BackoffRate: number;
  MaxDelaySeconds: number;
  MaxAttempts: number;
}
interface State {
  Type: string;
  Resource?: string;
  Arguments?: { FunctionName?: string; Payload?: string };
  Retry?: Retrier[];
  Branches?: { States: Record<string, State> }[];
}

/** An execution may have so many. Source: Step Functions guide, "Quotas", checked 2026-11-22. */
const MAX_EVENTS = 25_000;
/** TaskScheduled, TaskStarted, TaskFailed. */
const EVENTS_OF_A_RETRY = 3;
const DAY_SECONDS = 86_400;

const text = readFileSync(join(root, 'workflows/onboard.asl.json'), 'utf8');
const states = new Map(flat(JSON.parse(text).States));

function flat(level: Record<string, State>): [string, State][] {
  return Object.entries(level).flatMap(([name, state]) => [
    [name, state],
    ...(state.Branches ?? []).flatMap((branch) => flat(branch.States)),
  ]);
}
const functions = [...states].filter(([, { Resource }]) => Resource?.includes(':lambda:'));
const retrier = (name: string, error: string) =>
  states.get(name)?.Retry?.find(({ ErrorEquals }) => ErrorEquals.includes(error));

/** How long a retrier waits in all before it gives up. */
function patienceSeconds({ IntervalSeconds, BackoffRate, MaxDelaySeconds, MaxAttempts }: Retrier): number {
  let waited = 0;
  for (let attempt = 0; attempt < MaxAttempts; attempt += 1) {
    waited += Math.min(IntervalSeconds * BackoffRate ** attempt, MaxDelaySeconds);
  }
  return waited;
}

describe('onboard', () => {
  test('calls a function that there is, of the name of its state', () => {
    const files = globSync('functions/*/*.ts', { cwd: root }).map((file) => basename(file, '.ts').replaceAll('-', ''));
    for (const [name, { Arguments }] of functions) {
      const called = /^\$\{(\w+)\}$/.exec(Arguments?.FunctionName ?? '')?.[1] ?? '';
      expect(files).toContain(called.toLowerCase());
      // The edge "direct" reserves the address on its own way, and a state's name stands only once.
      expect([called, 'ReserveDirectAddress']).toContain(name);
    }
  });

  test('W3: lets a worker that was killed, or is busy, be tried again everywhere', () => {
    for (const [name] of functions) {
      for (const error of ['Throttled', 'Lambda.Unknown', 'Runtime.ExitError', 'Sandbox.Timedout']) {
        expect([name, retrier(name, error)?.MaxAttempts]).toEqual([name, 12]);
      }
    }
  });

  test('W1: waits thirty days for the delegation, well within the events that an execution may have', () => {
    const waiting = retrier('CheckDelegation', 'NotReady') as Retrier;
    expect(patienceSeconds(waiting)).toBeGreaterThanOrEqual(30 * DAY_SECONDS);
    expect(waiting.MaxAttempts * EVENTS_OF_A_RETRY).toBeLessThan(MAX_EVENTS * 0.6);
    expect(JSON.parse(text).TimeoutSeconds).toBeGreaterThan(30 * DAY_SECONDS + 4 * DAY_SECONDS);
  });

  test.each([
    ['A1', 'RequestCertificate', 5],
    ['L1', 'AttachCertificate', 5],
    ['L13', 'AwaitLoadBalancer', 10],
    ['R19', 'AwaitSync', 5],
    ['Preflight', 'Preflight', 5.5],
    ['ProbeSite', 'ProbeSite', 5.5],
  ])('%s: %s waits for %d minutes at least before it gives up', (_, name, minutes) => {
    expect(patienceSeconds(retrier(name, 'NotReady') as Retrier)).toBeGreaterThanOrEqual(minutes * 60);
  });

  test('W14: tries a call that AWS is too busy for fewer than fifty times in all, and never at one moment with others', () => {
    for (const [name, { Retry = [] }] of functions) {
      const errors = Retry.flatMap(({ ErrorEquals }) => ErrorEquals);
      expect([name, errors.length]).toEqual([name, new Set(errors).size]);
      const busy = retrier(name, 'Throttled') as Retrier;
      expect(MAX_ATTEMPTS * (1 + busy.MaxAttempts)).toBeLessThan(50);
      expect(busy).toMatchObject({ JitterStrategy: 'FULL', BackoffRate: 2 });
    }
  });

  test('W2: hands every function what the execution began with, and nothing that another has found', () => {
    const given =
      /^\{% (\$merge\(\[)?\$states\.context\.Execution\.Input(, \{'(taskToken|error)': \$[\w.]+\}\]\))? %\}$/;
    for (const [name, { Arguments }] of functions)
      expect([name, Arguments?.Payload]).toEqual([name, expect.stringMatching(given)]);
  });

  test('retries nothing that a retry cannot mend', () => {
    for (const error of ['Conflict', 'Misconfigured', 'Refused', 'QuotaReached', 'States.ALL', 'States.TaskFailed']) {
      for (const [name] of functions) expect([name, retrier(name, error)]).toEqual([name, undefined]);
    }
  });
});
