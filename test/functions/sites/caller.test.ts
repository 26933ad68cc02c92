import { DescribeExecutionCommand, SFNClient, StartExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { beforeEach, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { writeSite } from '../../../aws/ledger/write-site.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';
import { handler as cancelSite } from '../../../functions/sites/cancel-site.ts';
import { handler as resumeSite } from '../../../functions/sites/resume-site.ts';
import { handler as undoSite } from '../../../functions/sites/undo-site.ts';
import { apiContext, aRequest } from '../../support/api-event.ts';
import { useEmptyAccount } from '../../support/empty-account.ts';
import { useLedger } from '../../support/ledger.ts';
import { useRemovalSurvey } from '../../support/removal-survey.ts';
import { aSettledSiteItem, aSiteItem } from '../../support/site.ts';

const ledger = useLedger();
useRemovalSurvey();
useEmptyAccount();
const states = mockClient(SFNClient);
const domain = 'shop.example.test';
const alice = 'arn:aws:sts::123456789012:assumed-role/Admin/alice';
const handlers = { resume: resumeSite, cancel: cancelSite, undo: undoSite };
const reason = { step: 'AwaitLoadBalancer', error: 'Misconfigured', message: 'Mend it' } as const;
const last = { name: 'onboard', execution: 'shop_example_test-r1-onboard', startedAt: 'a', endedAt: 'b' } as const;
const held = aSettledSiteItem({ state: 'held', reason, last });

beforeEach(() => {
  states.reset();
  states.on(StartExecutionCommand).resolves({}).on(StopExecutionCommand).resolves({});
  states.on(DescribeExecutionCommand).resolves({ status: 'RUNNING' });
});

async function post(action: keyof typeof handlers, { body, userArn }: { body?: unknown; userArn?: string }) {
  const path = `/v1/sites/${domain}/${action}`;
  const request = aRequest({ method: 'POST', path, parameters: { domain }, body, ...(userArn && { userArn }) });
  const { body: answered } = await handlers[action](request, apiContext);
  return JSON.parse(answered ?? '{}');
}

test.each([
  ['resume', held, undefined, 'onboard', ['Resumed at AwaitLoadBalancer']],
  ['undo', held, undefined, 'undo', ['Taking back what was made: it was asked for']],
  [
    'cancel',
    aSiteItem(),
    // biome-ignore lint/suspicious/noThenProperty: the field's value is a word, never a function
    { then: 'undo' },
    'undo',
    ['Cancelled at Onboard', 'Taking back what was made: it was cancelled'],
  ],
] as [keyof typeof handlers, SiteItem, unknown, string, string[]][])(
  'B5: %s is shown with the ARN of its caller, in the timeline and beside the operation',
  async (action, item, body, name, messages) => {
    await writeSite(ledger, item, { over: undefined });
    const shown = await post(action, { body, userArn: alice });
    const entries = shown.timeline.map(({ message, by }: { message: string; by?: string }) => ({ message, by }));
    const told = messages.map((message) => ({ message, by: alice }));
    expect(entries).toHaveLength(told.length);
    expect(entries).toEqual(expect.arrayContaining(told));
    expect(shown.operation).toMatchObject({ name, by: alice });
  },
);

test('B5: a request without a signature has no caller', async () => {
  await writeSite(ledger, held, { over: undefined });
  const shown = await post('resume', {});
  expect(shown.operation).not.toHaveProperty('by');
  expect(shown.timeline[0]).not.toHaveProperty('by');
});
