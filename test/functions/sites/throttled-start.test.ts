import { DescribeSecurityGroupRulesCommand } from '@aws-sdk/client-ec2';
import {
  DescribeExecutionCommand,
  ExecutionDoesNotExist,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readSiteItem } from '../../../aws/ledger/read-site.ts';
import { writeSite } from '../../../aws/ledger/write-site.ts';
import type { Operation } from '../../../domain/ledger/operation.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';
import { createPlan } from '../../../functions/plans/create-plan.ts';
import { handler as cancelSite } from '../../../functions/sites/cancel-site.ts';
import { changeSite } from '../../../functions/sites/change-site.ts';
import { createSite } from '../../../functions/sites/create-site.ts';
import { handler as resumeSite } from '../../../functions/sites/resume-site.ts';
import { handler as showSite } from '../../../functions/sites/show-site.ts';
import { handler as undoSite } from '../../../functions/sites/undo-site.ts';
import { apiContext, aRequest } from '../../support/api-event.ts';
import { useLedger } from '../../support/ledger.ts';
import { document, PlannableAccount } from '../../support/plannable-account.ts';
import { useRemovalSurvey } from '../../support/removal-survey.ts';
import { aSettledSiteItem, aSite, aSiteItem } from '../../support/site.ts';

const ledger = useLedger();
useRemovalSurvey();
const account = new PlannableAccount(createPlan);
const { states } = account;
const { domain } = document;
const last = { name: 'onboard', execution: 'shop_example_test-r1-onboard', startedAt: 'a', endedAt: 'b' } as const;
const reason = { step: 'AwaitLoadBalancer', error: 'Misconfigured', message: 'Mend it' } as const;
const site = aSite({ domain });
const held = aSettledSiteItem({ site, state: 'held', reason, last });
const throttled = Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException', $metadata: {} });

beforeEach(async () => {
  await account.reset();
  account.ec2.on(DescribeSecurityGroupRulesCommand).resolves({});
  states.on(StopExecutionCommand).resolves({});
  states.on(StartExecutionCommand).rejects(throttled);
  states.on(DescribeExecutionCommand).rejects(new ExecutionDoesNotExist({ message: 'None', $metadata: {} }));
});
afterEach(() => account.stop());

type Handler = ReturnType<typeof createSite>;

async function ask(handler: Handler, { method, body, key }: { method: 'POST' | 'PUT'; body?: unknown; key?: string }) {
  const request = aRequest({
    method,
    path: `/v1/sites/${domain}`,
    parameters: { domain },
    headers: key === undefined ? {} : { 'idempotency-key': key },
    ...(body !== undefined && { body }),
  });
  const { statusCode, headers, body: answer } = await handler(request, apiContext);
  return { status: statusCode, retryAfter: headers?.['retry-after'], type: JSON.parse(answer ?? '{}').type };
}

const cases: [string, Handler, 'POST' | 'PUT', SiteItem | undefined, unknown][] = [
  ['a declaration', createSite(account.newResolver, account.survey), 'POST', undefined, document],
  ['a change', changeSite(account.newResolver, account.survey), 'PUT', held, { ...document, http: 'reject' }],
  ['a resumption', resumeSite, 'POST', held, undefined],
  ['an undo', undoSite, 'POST', held, undefined],
  // biome-ignore lint/suspicious/noThenProperty: the field's value is a word, never a function
  ['a cancellation with its undo', cancelSite, 'POST', aSiteItem({ site }), { then: 'undo' }],
];

test.each(cases)(
  'A7: %s whose workflow cannot be started yet answers 503, and goes on under the same key',
  async (...given) => {
    const [, handler, method, item, body] = given;
    if (item) await writeSite(ledger, item, { over: undefined });
    const request = { method, body, key: 'key-1' };
    for (let asked = 0; asked < 3; asked++) {
      expect(await ask(handler, request)).toEqual({ status: 503, retryAfter: '5', type: 'urn:nameplate:problem:busy' });
    }
    const written = await readSiteItem(ledger, domain);
    states.on(StartExecutionCommand).resolves({});
    expect((await ask(handler, request)).status).toBe(202);
    // One operation, however often it was requested.
    expect(await readSiteItem(ledger, domain)).toEqual(written);
    const started = states.commandCalls(StartExecutionCommand).map(({ args }) => args[0].input.name);
    expect(new Set(started)).toEqual(new Set([written?.operation?.execution]));
  },
);

test('A7: GET of a site whose workflow never started says what to do, and both work', async () => {
  const request = { method: 'POST', body: document, key: 'key-1' } as const;
  expect((await ask(createSite(account.newResolver, account.survey), request)).status).toBe(503);
  const show = async () => {
    const { body } = await showSite(aRequest({ parameters: { domain } }), apiContext);
    return JSON.parse(body ?? '{}').waiting;
  };
  expect(await show()).toEqual([]);
  const written = (await readSiteItem(ledger, domain)) as SiteItem;
  const startedAt = new Date(Date.now() - 61_000).toISOString();
  const operation = { ...(written.operation as Operation), startedAt };
  await writeSite(ledger, { ...written, operation }, { over: written });
  const advice = /Repeat that request with the same Idempotency-Key, which starts it, or cancel the operation$/;
  expect(await show()).toEqual([{ step: 'StartExecution', for: expect.stringMatching(advice), since: startedAt }]);
  expect((await ask(cancelSite, { method: 'POST' })).status).toBe(202);
  expect((await readSiteItem(ledger, domain))?.state).toBe('held');
  expect(await show()).toEqual([]);
});

test.each(cases)('A7: %s goes on without a key as well', async (...given) => {
  const [, handler, method, item, body] = given;
  if (item) await writeSite(ledger, item, { over: undefined });
  const request = { method, body };
  expect((await ask(handler, request)).status).toBe(503);
  states.on(StartExecutionCommand).resolves({});
  expect((await ask(handler, request)).status).toBe(202);
  const { operation } = (await readSiteItem(ledger, domain)) ?? {};
  expect(states.commandCalls(StartExecutionCommand).at(-1)?.args[0].input.name).toBe(operation?.execution);
});
