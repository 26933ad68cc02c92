import {
  DescribeExecutionCommand,
  ExecutionDoesNotExist,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { readSite, readSiteItem } from '../../../aws/ledger/read-site.ts';
import { writeSite } from '../../../aws/ledger/write-site.ts';
import { writeStep } from '../../../aws/ledger/write-step.ts';
import { oneLook } from '../../../aws/one-look.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';
import type { SharedQuota } from '../../../domain/tenants/share.ts';
import { accountLimits } from '../../../functions/shared/tenants/account-limits.ts';
import { takeShare } from '../../../functions/shared/tenants/take-share.ts';
import { handler as cancelSite } from '../../../functions/sites/cancel-site.ts';
import { handler as claimSite } from '../../../functions/sites/claim-site.ts';
import { handler as resumeSite } from '../../../functions/sites/resume-site.ts';
import { handler as undoSite } from '../../../functions/sites/undo-site.ts';
import { apiContext, aRequest } from '../../support/api-event.ts';
import { useEmptyAccount } from '../../support/empty-account.ts';
import { useLedger } from '../../support/ledger.ts';
import { useRemovalSurvey } from '../../support/removal-survey.ts';
import { aSettledSiteItem, aSite, aSiteItem, aStepItem } from '../../support/site.ts';

const ledger = useLedger();
useRemovalSurvey();
useEmptyAccount();
const states = mockClient(SFNClient);
const domain = 'shop.example.test';
const handlers = { resume: resumeSite, cancel: cancelSite, undo: undoSite };
const reason = { step: 'AwaitLoadBalancer', error: 'Misconfigured', message: 'Mend it' } as const;
const last = { name: 'onboard', execution: 'shop_example_test-r1-onboard', startedAt: 'a', endedAt: 'b' } as const;

beforeEach(() => {
  states.reset();
  states.on(StartExecutionCommand).resolves({});
  states.on(StopExecutionCommand).resolves({});
  states.on(DescribeExecutionCommand).resolves({ status: 'RUNNING' });
});

const given = (item: SiteItem) => writeSite(ledger, item, { over: undefined });
const item = () => readSiteItem(ledger, domain);
const started = () => states.commandCalls(StartExecutionCommand).map(({ args }) => args[0].input);
const stopped = () => states.commandCalls(StopExecutionCommand).map(({ args }) => args[0].input.executionArn);

async function post(action: keyof typeof handlers, { body, key }: { body?: unknown; key?: string } = {}) {
  const path = `/v1/sites/${domain}/${action}`;
  const headers = key === undefined ? {} : { 'idempotency-key': key };
  const request = aRequest({ method: 'POST', path, parameters: { domain: domain.toUpperCase() }, headers, body });
  const answer = await handlers[action](request, apiContext);
  return { status: answer.statusCode, headers: answer.headers, json: JSON.parse(answer.body ?? '{}') };
}

describe.each(['resume', 'cancel', 'undo'] as const)('POST /v1/sites/{domain}/%s', (action) => {
  test('answers 404 for a site that nobody declared', async () => {
    expect((await post(action)).status).toBe(404);
  });
});

describe('while all changes are stopped', () => {
  const problem = 'urn:nameplate:problem:changes-stopped';
  const before = () => ledger.killSwitch('stopped');

  test.each([
    ['resume', undefined],
    ['undo', undefined],
    // biome-ignore lint/suspicious/noThenProperty: the field's value is a word, never a function
    ['cancel', { then: 'undo' }],
  ] as const)('S14: %s answers 503 and changes nothing', async (action, body) => {
    await given(action === 'cancel' ? aSiteItem() : aSettledSiteItem({ state: 'held', reason, last }));
    before();
    const standing = await ledger.everything();
    const { status, json } = await post(action, { body });
    expect([status, json.type]).toEqual([503, problem]);
    expect(json.detail).toContain('Set it to "allowed", then ask again');
    expect(await ledger.everything()).toEqual(standing);
    expect([started(), stopped()]).toEqual([[], []]);
  });

  test('S14: a cancellation that holds goes through', async () => {
    await given(aSiteItem());
    before();
    expect((await post('cancel')).json).toMatchObject({ state: 'held' });
  });
});

describe('resume', () => {
  test.each(['held', 'failed'] as const)('goes on under the next revision when the site is %s', async (state) => {
    await given(aSettledSiteItem({ state, reason, last }));
    const { status, headers, json } = await post('resume');
    expect([status, headers?.['location']]).toEqual([202, `/v1/sites/${domain}`]);
    expect(json).toMatchObject({ state: 'pending', revision: 2 });
    expect(json).not.toHaveProperty('reason');
    expect(started()).toMatchObject([{ name: 'shop_example_test-r2-onboard' }]);
  });

  test('goes on with an undo that was held', async () => {
    await given(aSettledSiteItem({ state: 'held', reason, last: { ...last, name: 'undo' } }));
    expect((await post('resume')).json).toMatchObject({ state: 'undoing' });
    expect(started()).toMatchObject([{ name: 'shop_example_test-r2-undo' }]);
  });

  test.each(['live', 'undone'] as const)('answers 409 when the site is %s, and changes nothing', async (state) => {
    await given(aSettledSiteItem({ state }));
    const before = await ledger.everything();
    const { status, json } = await post('resume');
    expect([status, json.type]).toEqual([409, 'urn:nameplate:problem:nothing-to-resume']);
    expect(await ledger.everything()).toEqual(before);
    expect(started()).toEqual([]);
  });

  test('answers 409 while an operation runs', async () => {
    await given(aSiteItem());
    const { status, json } = await post('resume');
    expect([status, json.type]).toEqual([409, 'urn:nameplate:problem:operation-running']);
  });

  test('goes on with a site whose workflow was stopped from outside', async () => {
    await given(aSiteItem());
    states.on(DescribeExecutionCommand).resolves({ status: 'ABORTED' });
    expect((await post('resume')).json).toMatchObject({ state: 'pending', revision: 2 });
  });

  test('starts what a request began that died before it started the workflow', async () => {
    await given(aSiteItem());
    states.on(DescribeExecutionCommand).rejects(new ExecutionDoesNotExist({ message: 'There is none', $metadata: {} }));
    expect((await post('resume')).json).toMatchObject({ revision: 1 });
    expect(started()).toMatchObject([{ name: 'shop_example_test-r1-onboard' }]);
  });

  test('the same Idempotency-Key gets the same answer, and is another one for another action', async () => {
    await given(aSettledSiteItem({ state: 'held', reason, last }));
    const first = await post('resume', { key: 'k' });
    expect(await post('resume', { key: 'k' })).toEqual(first);
    expect(started()).toHaveLength(1);
    expect((await post('cancel', { key: 'k' })).status).toBe(422);
  });
});

describe.each([
  ['resume', 'held', 'live'],
  ['undo', 'live', 'undone'],
] as const)('W7, 12: %s, sent again with its key when the operation has ended', (action, before, after) => {
  test('is answered, and begins nothing', async () => {
    await given(aSettledSiteItem({ state: before, last }));
    states.on(StartExecutionCommand).rejectsOnce(new Error('lost')).resolves({});
    expect((await post(action, { key: 'k' })).status).toBe(500);
    const begun = await item();
    if (!begun) throw new Error('The ledger has lost the site');
    const { operation: _, ...ended } = { ...begun, state: after };
    await writeSite(ledger, ended, { over: begun });
    expect(await post(action, { key: 'k' })).toMatchObject({ status: 202, json: { state: after, revision: 2 } });
    expect((await post(action, { key: 'other' })).status).toBe(409);
    expect(started()).toHaveLength(1);
  });
});

describe('cancel', () => {
  test('ends the operation in the ledger, then stops its workflow, and holds the site', async () => {
    await given(aSiteItem());
    await writeStep(ledger, domain, aStepItem('AwaitCertificate', { state: 'waiting', waitingFor: 'ACM' }));
    states.on(StopExecutionCommand).callsFake(async () => {
      expect(await item()).not.toHaveProperty('operation');
      return {};
    });
    const { status, json } = await post('cancel');
    expect(status).toBe(202);
    expect(json).toMatchObject({
      state: 'held',
      reason: { step: 'AwaitCertificate', error: 'Cancelled' },
      waiting: [],
    });
    expect(stopped()).toEqual(['arn:aws:states:us-east-1:123456789012:execution:Onboard:shop_example_test-r1-onboard']);
    expect((await readSite(ledger, domain))?.steps).toMatchObject([{ name: 'AwaitCertificate', state: 'failed' }]);
    await expect(claimSite({ domain, revision: 1 }, {} as never)).rejects.toMatchObject({ name: 'Refused' });
  });

  test('W7: stops the workflow that a request died before it stopped', async () => {
    await given(aSettledSiteItem({ state: 'held', reason: { ...reason, error: 'Cancelled' }, last }));
    const before = await ledger.everything();
    expect((await post('cancel')).status).toBe(202);
    expect(stopped()).toHaveLength(1);
    expect(await ledger.everything()).toEqual(before);
  });

  test('W7: stops the steps that a request died before it stopped', async () => {
    await given(aSettledSiteItem({ state: 'held', reason: { ...reason, error: 'Cancelled' }, last }));
    await writeStep(ledger, domain, aStepItem('AwaitCertificate', { state: 'waiting', waitingFor: 'ACM' }));
    expect((await post('cancel')).json).toMatchObject({ state: 'held', waiting: [] });
    expect((await readSite(ledger, domain))?.steps).toMatchObject([{ name: 'AwaitCertificate', state: 'failed' }]);
  });

  test('goes on to undo when that is asked for', async () => {
    await given(aSiteItem());
    const { json } = await post('cancel', { body: '{"then": "undo"}' });
    expect(json).toMatchObject({ state: 'undoing', revision: 2 });
    expect(started()).toMatchObject([{ name: 'shop_example_test-r2-undo' }]);
  });

  test('W7, 12: leaves the undo alone that it had begun itself when its answer was lost', async () => {
    await given(aSiteItem());
    const again = { body: '{"then": "undo"}', key: 'k' };
    states.on(StartExecutionCommand).rejectsOnce(new Error('lost')).resolves({});
    expect((await post('cancel', again)).status).toBe(500);
    const { json } = await post('cancel', again);
    expect(json).toMatchObject({ state: 'undoing', revision: 2 });
    expect(stopped()).toHaveLength(1);
    expect(new Set(started().map(({ name }) => name))).toEqual(new Set(['shop_example_test-r2-undo']));
  });

  test.each(['{"then": "burn"}', '{"when": "now"}', '[]', '{'])('refuses %s', async (body) => {
    await given(aSiteItem());
    expect((await post('cancel', { body })).status).toBe(400);
    expect(await item()).toHaveProperty('operation');
  });

  test('answers 409 when nothing runs', async () => {
    await given(aSettledSiteItem({ state: 'live' }));
    expect((await post('cancel')).json.type).toBe('urn:nameplate:problem:nothing-to-cancel');
    expect(stopped()).toEqual([]);
  });
});

describe('undo', () => {
  test('does not keep why the undo before it failed', async () => {
    await given(aSettledSiteItem({ state: 'held', reason, last: { ...last, name: 'undo' } }));
    expect((await post('undo')).json).not.toHaveProperty('reason');
  });

  test.each(['live', 'failed', 'held'] as const)('begins when the site is %s', async (state) => {
    await given(aSettledSiteItem({ state }));
    const { status, json } = await post('undo');
    expect([status, json.state, json.revision]).toEqual([202, 'undoing', 2]);
    expect(started()).toMatchObject([{ name: 'shop_example_test-r2-undo' }]);
  });

  test('tries again what an undo had to leave', async () => {
    await given(aSettledSiteItem({ state: 'undone', left: [{ type: 'hosted zone', id: 'Z1', why: 'delegated' }] }));
    expect((await post('undo')).json).toMatchObject({ state: 'undoing' });
  });

  test('answers 409 when nothing is left, and while an operation runs', async () => {
    await given(aSettledSiteItem({ state: 'undone' }));
    expect((await post('undo')).json.type).toBe('urn:nameplate:problem:nothing-to-undo');
    await writeSite(ledger, aSiteItem(), { over: await item() });
    expect((await post('undo')).json.type).toBe('urn:nameplate:problem:operation-running');
  });
});

test('an operation begins when nothing of the one before can be under way any more', async () => {
  const ago = (ms: number) => ({ ...last, endedAt: new Date(Date.now() - ms).toISOString() });
  await given(aSiteItem({ last: ago(5_000) }));
  await expect(claimSite({ domain, revision: 1 }, {} as never)).rejects.toMatchObject({ name: 'NotReady' });
  await writeSite(ledger, aSiteItem({ last: ago(40_000) }), { over: await item() });
  await expect(claimSite({ domain, revision: 1 }, {} as never)).resolves.toMatchObject({ hasLoadBalancer: true });
});

describe('B10: a tenant that has as many operations open as it may', () => {
  const site = aSite({ tenant: 'acme' });

  beforeEach(async () => {
    process.env['TENANT_OPERATIONS'] = '1';
    const other = aSite({ domain: 'other.test', aliases: [], tenant: 'acme' });
    await takeShare(ledger, other, { over: aSettledSiteItem({ site: other }), ...counted });
    await given(aSiteItem({ site: other }));
    await given({ ...aSettledSiteItem({ state: 'held', site, reason }), last });
  });
  afterEach(() => {
    process.env['TENANT_OPERATIONS'] = '100';
  });
  const counted = {
    makesZone: false,
    granted: (quotas: readonly SharedQuota[]) => accountLimits(oneLook(), quotas),
    now: new Date(),
  };

  test('resumes no site until one of them ends', async () => {
    const before = await item();
    const { status, json } = await post('resume');
    expect([status, json.type]).toEqual([429, 'urn:nameplate:problem:tenant-operations']);
    expect([await item(), started()]).toEqual([before, []]);
  });

  test('may undo a site all the same: that gives room', async () => {
    expect((await post('undo')).status).toBe(202);
    expect(started()).toHaveLength(1);
  });
});
