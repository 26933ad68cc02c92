import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { readSite } from '../../../aws/ledger/read-site.ts';
import { NEWEST } from '../../../aws/ledger/read-timeline.ts';
import { writeSite } from '../../../aws/ledger/write-site.ts';
import { writeStep } from '../../../aws/ledger/write-step.ts';
import { handler } from '../../../functions/sites/mark-stopped.ts';
import { useLedger } from '../../support/ledger.ts';
import { aSettledSiteItem, aSiteItem, aStepItem } from '../../support/site.ts';
import { context, domain, mutations } from '../../support/steps.ts';

const ledger = useLedger();
const events = mockClient(EventBridgeClient);
const execution = aSiteItem().operation?.execution ?? '';
beforeEach(() => {
  events.reset();
  events.on(PutEventsCommand).resolves({ FailedEntryCount: 0, Entries: [{ EventId: '1' }] });
});

const ended = (status: string, changes: object = {}) =>
  handler(
    { detail: { name: execution, status, input: JSON.stringify({ domain, revision: 1 }), ...changes } } as never,
    context,
  );

async function givenWaiting(): Promise<void> {
  await writeSite(ledger, aSiteItem(), { over: undefined });
  await writeStep(
    ledger,
    domain,
    aStepItem('CheckDelegation', { state: 'waiting', waitingFor: 'Waiting until it is delegated' }),
  );
}

describe('MarkStopped', () => {
  test.each([
    ['ABORTED', 'Cancelled', 'Its execution was stopped in Step Functions: resume it to go on'],
    ['TIMED_OUT', 'Unknown', 'It ran out of time'],
    ['FAILED', 'Unknown', 'It failed, and could not say why'],
  ])('holds the site of a workflow that ended as %s, and tells people', async (status, error, message) => {
    await givenWaiting();
    await ended(status);
    const record = await readSite(ledger, domain, { timeline: NEWEST });
    const reason = { step: 'CheckDelegation', error, message: expect.stringContaining(message) };
    expect(record?.item).toMatchObject({ state: 'held', reason, last: { execution } });
    expect(record?.item.operation).toBeUndefined();
    expect(record?.steps).toMatchObject([{ name: 'CheckDelegation', state: 'failed' }]);
    const entries = events.commandCalls(PutEventsCommand).flatMap(({ args }) => args[0].input.Entries ?? []);
    expect(entries).toMatchObject([{ DetailType: 'Site Failed', EventBusName: 'nameplate' }]);
    expect(JSON.parse(entries[0]?.Detail ?? '')).toMatchObject({ domain, revision: 1, reason });
  });

  test('W8: does nothing more when the event comes twice', async () => {
    await givenWaiting();
    await ended('ABORTED');
    const before = await ledger.everything();
    await ended('ABORTED');
    expect(await ledger.everything()).toEqual(before);
    expect(mutations(events)).toHaveLength(1);
  });

  test.each([
    ['said itself how it went', aSettledSiteItem({ state: 'held' }), {}],
    ['was of an operation before', aSiteItem(), { name: 'before' }],
    ['is none of ours', aSiteItem(), { input: '{"something":"else"}' }],
    ['carries no input', aSiteItem(), { input: null }],
  ])('has no business with a workflow that %s', async (_, item, changes) => {
    await writeSite(ledger, item, { over: undefined });
    const before = await ledger.everything();
    await ended('FAILED', changes);
    expect(await ledger.everything()).toEqual(before);
    expect(mutations(events)).toEqual([]);
  });

  test('has the event delivered again when the bus does not take what it tells', async () => {
    await givenWaiting();
    events.on(PutEventsCommand).resolves({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalFailure' }] });
    await expect(ended('ABORTED')).rejects.toThrow('InternalFailure');
    expect((await readSite(ledger, domain))?.item).toMatchObject({ state: 'pending' });
  });
});
