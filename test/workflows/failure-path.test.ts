import { afterEach, describe, expect, test } from '@jest/globals';
import { type CaughtError, reasonOf } from '../../domain/sites/reason.ts';
import { type AnEngine, anEngine, type Fn, thrown } from '../local/states/engine.ts';
import { deployed } from '../support/asl.ts';

/** The step that fails here. It must be one of the workflow's first. */
const FAILING = { Onboard: 'ClaimSite', Undo: 'ClaimUndo' };

let engine: AnEngine;
afterEach(() => engine.close());

/** Runs a workflow of the product to its end while its first step fails, and returns what MarkFailed and the bus were given. */
async function runFailing(name: keyof typeof FAILING, step: Fn) {
  const marked: CaughtError[] = [];
  const announced: string[] = [];
  engine = await anEngine({
    functions: {
      [FAILING[name]]: step,
      MarkFailed: ({ error }: { error: CaughtError }) => {
        marked.push(error);
        return { step: FAILING[name], message: 'the reason' };
      },
    },
    services: () => [
      {
        name: 'events',
        protocol: 'awsJson1_1',
        model: () => import('@aws-sdk/client-eventbridge'),
        operations: {
          PutEvents: {
            run({ Entries: entries }: { Entries: { DetailType: string; Detail: string }[] }) {
              announced.push(...entries.map(({ DetailType: type, Detail: detail }) => `${type} ${detail}`));
              return { Entries: [{ EventId: '1' }], FailedEntryCount: 0 };
            },
          },
        },
      },
    ],
  });
  const arn = await engine.start(JSON.parse(deployed(name)), { input: { domain: 'shop.example.test', revision: 1 } });
  return { marked, announced, end: () => engine.end(arn) };
}

describe.each(['Onboard', 'Undo'] as const)('the failure path of %s', (name) => {
  test('gives the reason of a step that did not end in time, which has an empty cause', async () => {
    const { marked, announced, end } = await runFailing(name, () => ({}));
    engine.faults.add({ service: 'lambda', operation: 'Invoke', kind: 'timeout-after', seconds: 600, times: 601 });
    const { execution } = await end();
    expect(execution).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect(marked).toEqual([{ Error: 'States.Timeout', Cause: JSON.stringify({ step: FAILING[name], cause: '' }) }]);
    expect(announced).toEqual([expect.stringMatching(/^Site Failed .*"the reason"/)]);
  });

  test.each([
    ['is not JSON', 'not JSON: {', /not JSON: \{/],
    ['is longer than an event may hold', 'x'.repeat(250_000), /^\{"step":"Claim\w+","cause":.{9000,10000}\}$/],
  ])('passes on a cause that %s', async (_, message, cause) => {
    const { marked, end } = await runFailing(name, () => {
      throw thrown('Conflict', message);
    });
    expect((await end()).execution).toMatchObject({ status: 'FAILED', error: 'Conflict' });
    expect(marked).toEqual([{ Error: 'Conflict', Cause: expect.stringMatching(cause) }]);
  });
});

test.each([
  ['load-balancer', false],
  ['cdn', true],
])(
  'names the step that failed beside another one that waits, and not the one that waits (%s)',
  async (_, hasDistribution) => {
    const marked: CaughtError[] = [];
    const services = () => [
      {
        name: 'events',
        protocol: 'awsJson1_1' as const,
        model: () => import('@aws-sdk/client-eventbridge'),
        operations: { PutEvents: { run: () => ({ Entries: [{ EventId: '1' }], FailedEntryCount: 0 }) } },
      },
    ];
    const functions = Object.fromEntries(
      [
        'HostedZone',
        'Delegation',
        'CheckDelegation',
        'CheckAuthorization',
        'Record',
        'SecurityGroup',
        'Distribution',
      ].map((name) => [name, () => ({})]),
    );
    engine = await anEngine({
      services,
      functions: {
        ...functions,
        ClaimSite: () => ({
          hasLoadBalancer: true,
          joinsLoadBalancer: false,
          hasDistribution,
          hasFailover: false,
          hasAcme: false,
          makesInstance: false,
          exportsCertificate: false,
          releases: false,
        }),
        Certificate: () => {
          throw thrown('NotReady', 'Both wait for the same');
        },
        ViewerCertificate: () => {
          throw thrown('NotReady', 'Both wait for the same');
        },
        LoadBalancer: () => {
          throw thrown('Misconfigured', 'Both wait for the same');
        },
        MarkFailed: ({ error }: { error: CaughtError }) => {
          marked.push(error);
          return {};
        },
      },
    });
    const arn = await engine.start(JSON.parse(deployed('Onboard')), {
      input: { domain: 'shop.example.test', revision: 1 },
    });
    await engine.end(arn);
    const waits = [{ name: 'RequestCertificate', state: 'waiting', startedAt: 'z' } as const];
    expect(marked.map((error) => reasonOf(error, waits))).toEqual([
      { step: 'CreateLoadBalancer', error: 'Misconfigured', message: 'Both wait for the same' },
    ]);
  },
);
