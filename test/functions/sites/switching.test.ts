import { DescribeExecutionCommand, SFNClient, StartExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { readSite, readSiteItem } from '../../../aws/ledger/read-site.ts';
import { NEWEST } from '../../../aws/ledger/read-timeline.ts';
import { writeSite } from '../../../aws/ledger/write-site.ts';
import { writeStep } from '../../../aws/ledger/write-step.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';
import { handler as cancelSite } from '../../../functions/sites/cancel-site.ts';
import { handler as claimSwitch } from '../../../functions/sites/claim-switch.ts';
import { handler as markNotSwitched } from '../../../functions/sites/mark-not-switched.ts';
import { handler as markSwitched } from '../../../functions/sites/mark-switched.ts';
import { handler as resumeSite } from '../../../functions/sites/resume-site.ts';
import { handler as revertSwitch } from '../../../functions/sites/revert-switch.ts';
import { handler as undoSite } from '../../../functions/sites/undo-site.ts';
import { apiContext, aRequest } from '../../support/api-event.ts';
import { useEmptyAccount } from '../../support/empty-account.ts';
import { useLedger } from '../../support/ledger.ts';
import { useRemovalSurvey } from '../../support/removal-survey.ts';
import { aSettledSiteItem, aSite, aSiteItem, aStepItem } from '../../support/site.ts';
import { context, domain } from '../../support/steps.ts';

const ledger = useLedger();
useRemovalSurvey();
useEmptyAccount();

const event = { domain, revision: 5 };
const at = '2026-11-22T12:00:00.000Z';
const on = { state: 'on', cause: 'request', since: at, message: 'Back at four' } as const;
const error = {
  Error: 'Misconfigured',
  Cause: JSON.stringify({ step: 'ProbeSwitch', cause: '{"errorMessage":"No page"}' }),
};

const given = (changes: Partial<SiteItem> = {}) =>
  writeSite(
    ledger,
    aSiteItem({
      state: 'switching',
      revision: 5,
      documentRevision: 4,
      maintenance: on,
      operation: { name: 'switch', execution: 'shop_example_test-r5-switch', startedAt: at, from: {} },
      ...changes,
    }),
    { over: undefined },
  );
const item = () => readSiteItem(ledger, domain);
const messages = async () =>
  (await readSite(ledger, domain, { timeline: NEWEST }))?.timeline.map(({ message }) => message);

test.each([
  ['load-balancer' as const, false],
  ['direct' as const, false],
  ['cdn' as const, true],
])('ClaimSwitch tells which way the traffic moves (%s)', async (edge, movesInside) => {
  await given({ site: aSite({ edge }) });
  expect(await claimSwitch(event, context)).toEqual({ movesInside, hasBypass: false });
  expect(await messages()).toEqual([
    'To be switched: viewers see the maintenance page, because it was asked for; it says "Back at four"',
  ]);
});

test('MarkSwitched ends the operation, and the site is live with its maintenance; a second run changes nothing', async () => {
  await given();
  expect(await markSwitched(event, context)).toEqual({ maintenance: on });
  const after = await item();
  expect(after).toMatchObject({ state: 'live', revision: 5, documentRevision: 4, maintenance: on });
  expect(after).not.toHaveProperty('operation');
  expect(await markSwitched(event, context)).toEqual({ maintenance: on });
  expect(await item()).toEqual(after);
});

test('F4: RevertSwitch has the former maintenance desired again, however often it runs, and says at which step the switch failed', async () => {
  const from = { maintenance: { ...on, message: 'Before' }, hold: true };
  await given({
    hold: false,
    operation: { name: 'switch', execution: 'shop_example_test-r5-switch', startedAt: at, from },
  });
  const waiting = aStepItem('ProbeSwitch', { revision: 5, state: 'waiting', waitingFor: 'Waiting until this settles' });
  await writeStep(ledger, domain, waiting);
  for (let run = 0; run < 2; run += 1) {
    const output = await revertSwitch({ ...event, error }, context);
    expect(output).toEqual({
      movesInside: false,
      hasBypass: false,
      reason: { step: 'ProbeSwitch', error: 'Misconfigured', message: 'No page' },
    });
    expect(await item()).toMatchObject({ state: 'switching', maintenance: from.maintenance, hold: true });
  }
  const steps = (await readSite(ledger, domain))?.steps;
  expect(steps?.map(({ name, state }) => `${name} ${state}`).sort()).toEqual([
    'ProbeSwitch failed',
    'RevertSwitch done',
  ]);
});

test('MarkNotSwitched leaves the site live as it was, with the reason; a second run changes nothing', async () => {
  await given({ maintenance: { ...on, state: 'off' } });
  await revertSwitch({ ...event, error }, context);
  const reason = { step: 'ProbeSwitch', error: 'Misconfigured', message: 'No page' };
  expect(await markNotSwitched(event, context)).toEqual({ reason });
  const after = await item();
  expect(after).toMatchObject({ state: 'live', reason, last: { name: 'switch' } });
  expect(after).not.toHaveProperty('maintenance');
  expect(await markNotSwitched(event, context)).toEqual({ reason });
  expect(await item()).toEqual(after);
});

describe('a switch that is cancelled', () => {
  const states = mockClient(SFNClient);
  beforeEach(() => {
    states.reset();
    states.on(StartExecutionCommand).resolves({});
    states.on(StopExecutionCommand).resolves({});
    states.on(DescribeExecutionCommand).resolves({ status: 'RUNNING' });
  });
  const ask = (handler: typeof cancelSite, action: string) =>
    handler(aRequest({ method: 'POST', path: `/v1/sites/${domain}/${action}`, parameters: { domain } }), apiContext);
  const live = aSite();

  test('holds the site, and is gone on with by a resume', async () => {
    await given({ live, liveAt: at });
    expect((await ask(cancelSite, 'cancel')).statusCode).toBe(202);
    expect(await item()).toMatchObject({ state: 'held', maintenance: on, reason: { error: 'Cancelled' } });
    expect((await ask(resumeSite, 'resume')).statusCode).toBe(202);
    expect(await item()).toMatchObject({ state: 'switching', revision: 6, documentRevision: 4, maintenance: on });
    expect(states.commandCalls(StartExecutionCommand)[0]?.args[0].input.name).toBe('shop_example_test-r6-switch');
  });

  test('is put back by an undo, which leads to the document that was live and to the traffic of before', async () => {
    await given({ live, liveAt: at });
    await ask(cancelSite, 'cancel');
    expect((await ask(undoSite, 'undo')).statusCode).toBe(202);
    const after = await item();
    expect(after).toMatchObject({ state: 'changing', operation: { name: 'change' } });
    expect([after?.maintenance, after?.documentRevision]).toEqual([undefined, undefined]);
  });
});

test('W12: no step of a switch runs for an operation that has ended', async () => {
  await writeSite(ledger, aSettledSiteItem({ revision: 6 }), { over: undefined });
  for (const step of [claimSwitch, markSwitched, markNotSwitched])
    await expect(step(event, context)).rejects.toMatchObject({ name: 'Refused' });
  await expect(revertSwitch({ ...event, error }, context)).rejects.toMatchObject({ name: 'Refused' });
});
