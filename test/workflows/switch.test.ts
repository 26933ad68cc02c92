import { afterEach, expect, test } from '@jest/globals';
import type { CaughtError } from '../../domain/sites/reason.ts';
import { type AnEngine, anEngine, thrown } from '../local/states/engine.ts';
import { deployed } from '../support/asl.ts';

type Step = (event: { error?: CaughtError }) => object;

let engine: AnEngine;
afterEach(() => engine.close());

/** Runs the switch with these steps in place of those that go well, and returns what was called and announced, in order. */
async function run(steps: Record<string, Step>, { movesInside = false, hasBypass = false } = {}) {
  const called: string[] = [];
  const errors: CaughtError[] = [];
  const well: Record<string, Step> = {
    ClaimSwitch: () => ({ movesInside, hasBypass }),
    Page: () => ({}),
    Bypass: () => ({}),
    ProbePage: () => ({}),
    Record: () => ({}),
    Distribution: () => ({}),
    AwaitDistribution: () => ({}),
    AwaitSync: () => ({}),
    ProbeSwitch: () => ({}),
    MarkSwitched: () => ({ maintenance: { state: 'on' } }),
    RevertSwitch: () => ({ movesInside, hasBypass, reason: { step: 'ProbeSwitch' } }),
    MarkNotSwitched: () => ({ reason: { step: 'ProbeSwitch' } }),
    MarkFailed: () => ({ step: 'ProbeSwitch', message: 'the reason' }),
  };
  const functions = Object.fromEntries(
    Object.entries({ ...well, ...steps }).map(([name, step]): [string, Step] => [
      name,
      (payload: { error?: CaughtError }) => {
        called.push(name);
        if (payload.error) errors.push(payload.error);
        return step(payload);
      },
    ]),
  );
  engine = await anEngine({
    functions,
    services: () => [
      {
        name: 'events',
        protocol: 'awsJson1_1',
        model: () => import('@aws-sdk/client-eventbridge'),
        operations: {
          PutEvents: {
            run({ Entries: entries }: { Entries: { DetailType: string }[] }) {
              called.push(...entries.map(({ DetailType: type }) => type));
              return { Entries: [{ EventId: '1' }], FailedEntryCount: 0 };
            },
          },
        },
      },
    ],
  });
  const input = { domain: 'shop.example.test', revision: 5 };
  const { execution } = await engine.end(await engine.start(JSON.parse(deployed('Switch')), { input }));
  return { called, errors, status: execution.status };
}

const failing = (name: 'Misconfigured' | 'Stopped' | 'Superseded') => () => {
  throw thrown(name, 'Mend it');
};

test('moves records and waits for them before it looks, and announces the switch', async () => {
  const { called, status } = await run({});
  expect(called).toEqual([
    'ClaimSwitch',
    'Page',
    'ProbePage',
    'Record',
    'AwaitSync',
    'ProbeSwitch',
    'MarkSwitched',
    'Maintenance Switched',
  ]);
  expect(status).toBe('SUCCEEDED');
});

test('C14: moves inside of the distribution behind CloudFront, and no record', async () => {
  const { called } = await run({}, { movesInside: true });
  expect(called).toEqual([
    'ClaimSwitch',
    'Page',
    'ProbePage',
    'Distribution',
    'AwaitDistribution',
    'ProbeSwitch',
    'MarkSwitched',
    'Maintenance Switched',
  ]);
});

test('looks after the function of a bypass before a distribution is to run it, there and back', async () => {
  const { called } = await run({ ProbeSwitch: failing('Misconfigured') }, { movesInside: true, hasBypass: true });
  expect(called).toEqual([
    'ClaimSwitch',
    'Page',
    'Bypass',
    'ProbePage',
    'Distribution',
    'AwaitDistribution',
    'ProbeSwitch',
    'RevertSwitch',
    'Page',
    'Bypass',
    'Distribution',
    'AwaitDistribution',
    'MarkNotSwitched',
    'Maintenance Failed',
  ]);
});

test('F6: moves nothing to a page that does not answer, and puts back what was', async () => {
  const { called, errors, status } = await run({ ProbePage: failing('Misconfigured') });
  expect(called).toEqual([
    'ClaimSwitch',
    'Page',
    'ProbePage',
    'RevertSwitch',
    'Page',
    'Record',
    'AwaitSync',
    'MarkNotSwitched',
    'Maintenance Failed',
  ]);
  expect(errors).toEqual([{ Error: 'Misconfigured', Cause: expect.stringContaining('"step":"ProbePage"') }]);
  expect(status).toBe('SUCCEEDED');
});

test('puts the traffic back when the page does not answer by name', async () => {
  const { called } = await run({ ProbeSwitch: failing('Misconfigured') });
  expect(called.slice(5)).toEqual([
    'ProbeSwitch',
    'RevertSwitch',
    'Page',
    'Record',
    'AwaitSync',
    'MarkNotSwitched',
    'Maintenance Failed',
  ]);
});

test.each(['Stopped', 'Superseded'] as const)(
  'does not put back a switch that was %s: it goes on later',
  async (name) => {
    const { called, status } = await run({ Record: failing(name) });
    expect(called).toEqual(['ClaimSwitch', 'Page', 'ProbePage', 'Record', 'MarkFailed', 'Site Failed']);
    expect(status).toBe('FAILED');
  },
);

test('holds the site when it cannot be put back either', async () => {
  let records = 0;
  const Record: Step = () => {
    records += 1;
    if (records === 2) throw thrown('Misconfigured', 'Mend it');
    return {};
  };
  const { called } = await run({ ProbeSwitch: failing('Misconfigured'), Record });
  expect(called.slice(6)).toEqual(['RevertSwitch', 'Page', 'Record', 'MarkFailed', 'Site Failed']);
});
