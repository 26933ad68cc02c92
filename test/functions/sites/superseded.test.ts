import {
  DescribeStateMachineCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { readSite, readSiteItem } from '../../../aws/ledger/read-site.ts';
import { NEWEST } from '../../../aws/ledger/read-timeline.ts';
import { writeSite } from '../../../aws/ledger/write-site.ts';
import { writeStep } from '../../../aws/ledger/write-step.ts';
import { handler as claimSite } from '../../../functions/sites/claim-site.ts';
import { handler as markFailed } from '../../../functions/sites/mark-failed.ts';
import { useLedger } from '../../support/ledger.ts';
import { aSite, aSiteItem, aStepItem } from '../../support/site.ts';

const ledger = useLedger();
const states = mockClient(SFNClient);
const domain = 'shop.example.test';
const context = { getRemainingTimeInMillis: () => 30_000 } as never;
const superseded = { Error: 'Superseded', Cause: '{"errorMessage":"Cannot run it"}' };
const gone = { Error: 'Lambda.ResourceNotFoundException', Cause: 'Function not found: arn:aws:lambda:…' };

beforeEach(() => {
  process.env.WORKFLOW_VERSION = 'present';
  states.reset();
  states.on(DescribeStateMachineCommand).resolves({ definition: '{"workflow":"present"}' });
  states.on(StartExecutionCommand).resolves({});
  states.on(StopExecutionCommand).resolves({});
});
afterEach(() => {
  delete process.env.WORKFLOW_VERSION;
});

const item = () => readSiteItem(ledger, domain);
const started = () => states.commandCalls(StartExecutionCommand).map(({ args }) => args[0].input.name);
const stopped = () =>
  states.commandCalls(StopExecutionCommand).map(({ args }) => args[0].input.executionArn?.split(':').at(-1));
const fail = (error: object, workflow?: string) =>
  markFailed({ domain, revision: 1, error, ...(workflow && { workflow }) }, context);

describe('W13: a step of a workflow of another version', () => {
  test.each([undefined, 'former'])('is superseded before it reads anything: version %s', async (workflow) => {
    const calling = claimSite({ domain, revision: 1, ...(workflow && { workflow }) }, context);
    await expect(calling).rejects.toMatchObject({ name: 'Superseded' });
  });

  test('runs where the versions agree', async () => {
    await writeSite(ledger, aSiteItem(), { over: undefined });
    await expect(claimSite({ domain, revision: 1, workflow: 'present' }, context)).resolves.toHaveProperty('releases');
  });
});

describe('W13: MarkFailed of a workflow of another version', () => {
  const operation = { name: 'onboard', execution: 'shop_example_test-r1-onboard', startedAt: 'a' } as const;
  const approved = { by: 'arn:caller', request: 'key', deletes: [] };
  const given = () =>
    writeSite(ledger, aSiteItem({ site: aSite({ onFailure: 'undo' }), operation: { ...operation, ...approved } }), {
      over: undefined,
    });

  test.each([
    ['a step was superseded', superseded],
    ['a function is gone', gone],
  ])('begins the operation again and stops the former execution, when %s', async (_, error) => {
    await given();
    await writeStep(ledger, domain, aStepItem('CheckDelegation', { state: 'waiting' }));
    await fail(error, 'former');
    const execution = 'shop_example_test-r2-onboard';
    expect(await item()).toMatchObject({
      state: 'pending',
      revision: 2,
      operation: { name: 'onboard', execution, by: 'arn:caller', request: 'key' },
      last: { execution: operation.execution },
    });
    expect([started(), stopped()]).toEqual([[execution], [operation.execution]]);
    const { steps = [], timeline = [] } = (await readSite(ledger, domain, { timeline: NEWEST })) ?? {};
    expect(steps).toMatchObject([{ name: 'CheckDelegation', state: 'failed' }]);
    expect(timeline[0]?.message).toMatch(/^A new version of Nameplate was deployed: the operation begins again/);
  });

  test('does so for the first workflows, which name no version, and for an undo', async () => {
    await writeSite(
      ledger,
      aSiteItem({
        state: 'undoing',
        operation: { ...operation, name: 'undo', execution: 'shop_example_test-r1-undo' },
      }),
      { over: undefined },
    );
    await fail(superseded);
    expect(await item()).toMatchObject({ state: 'undoing', operation: { name: 'undo' } });
    expect([started(), stopped()]).toEqual([['shop_example_test-r2-undo'], ['shop_example_test-r1-undo']]);
  });

  test('waits until the state machine is deployed as well', async () => {
    await given();
    states.on(DescribeStateMachineCommand).resolves({ definition: '{"workflow":"former"}' });
    await expect(fail(superseded, 'former')).rejects.toMatchObject({ name: 'Throttled' });
    expect(await item()).toMatchObject({ revision: 1 });
    expect(started()).toEqual([]);
  });

  test('is continued by the next call when the first one died before it started the execution', async () => {
    await given();
    states.on(StartExecutionCommand).rejectsOnce(new Error('Connection lost'));
    await expect(fail(superseded, 'former')).rejects.toThrow();
    await fail(superseded, 'former');
    expect(await item()).toMatchObject({ revision: 2 });
    expect(stopped()).toEqual([operation.execution]);
  });

  test('refuses an operation that was cancelled or replaced meanwhile', async () => {
    await writeSite(ledger, aSiteItem({ revision: 3 }), { over: undefined });
    await expect(fail(superseded, 'former')).rejects.toMatchObject({ name: 'Refused' });
    expect(started()).toEqual([]);
  });

  test('fails for any other reason as ever, and when a function of the present version is gone', async () => {
    await given();
    expect(await fail(gone, 'present')).toMatchObject({ error: 'Unknown' });
    expect(await item()).toMatchObject({ state: expect.stringMatching(/held|undoing/) });
  });
});
