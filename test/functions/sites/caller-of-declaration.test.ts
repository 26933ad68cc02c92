import { DescribeSecurityGroupRulesCommand } from '@aws-sdk/client-ec2';
import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readSite } from '../../../aws/ledger/read-site.ts';
import { NEWEST } from '../../../aws/ledger/read-timeline.ts';
import { writeSite } from '../../../aws/ledger/write-site.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';
import { createPlan } from '../../../functions/plans/create-plan.ts';
import { changeSite } from '../../../functions/sites/change-site.ts';
import { createSite } from '../../../functions/sites/create-site.ts';
import { handler as markFailed } from '../../../functions/sites/mark-failed.ts';
import { apiContext, aRequest } from '../../support/api-event.ts';
import { useLedger } from '../../support/ledger.ts';
import { document, PlannableAccount } from '../../support/plannable-account.ts';
import { aSettledSiteItem, aSite, aSiteItem } from '../../support/site.ts';

const ledger = useLedger();
const account = new PlannableAccount(createPlan);
const { domain } = document;
const alice = 'arn:aws:sts::123456789012:assumed-role/Admin/alice';
const approve = '0'.repeat(64);
const last = { name: 'onboard', execution: 'shop_example_test-r1-onboard', startedAt: 'a', endedAt: 'b' } as const;
const reason = { step: 'AwaitLoadBalancer', error: 'Misconfigured', message: 'Mend it' } as const;
const held = aSettledSiteItem({ site: aSite({ domain }), state: 'held', reason, last });

beforeEach(async () => {
  await account.reset();
  account.ec2.on(DescribeSecurityGroupRulesCommand).resolves({});
  account.states.on(StartExecutionCommand).resolves({});
});
afterEach(() => account.stop());

const timeline = async () => (await readSite(ledger, domain, { timeline: NEWEST }))?.timeline ?? [];

test.each<[string, ReturnType<typeof createSite>, 'POST' | 'PUT', SiteItem | undefined, object, RegExp]>([
  ['a declaration', createSite(account.newResolver, account.survey), 'POST', undefined, document, /^Declared shop/],
  [
    'a change',
    changeSite(account.newResolver, account.survey),
    'PUT',
    held,
    { ...document, http: 'reject' },
    /^Declared shop.* anew: other http/,
  ],
  [
    'an approval',
    createSite(account.newResolver, account.survey),
    'POST',
    undefined,
    { ...document, approve },
    new RegExp(`approved by checksum ${approve}`),
  ],
])('B5: %s is in the timeline with the ARN of its caller', async (_, handler, method, item, body, message) => {
  if (item) await writeSite(ledger, item, { over: undefined });
  const request = aRequest({ method, path: `/v1/sites/${domain}`, parameters: { domain }, body, userArn: alice });
  const { statusCode } = await handler(request, apiContext);
  expect(statusCode).toBe(202);
  expect(await timeline()).toMatchObject([{ by: alice, message: expect.stringMatching(message) }]);
});

test('B5: what Nameplate takes back by itself has no caller, although its onboarding had one', async () => {
  const onboarding = aSiteItem({ site: aSite({ domain, onFailure: 'undo' }) });
  const operation = { ...last, ...onboarding.operation, by: alice };
  await writeSite(ledger, { ...onboarding, operation }, { over: undefined });
  const error = { Error: 'Conflict', Cause: JSON.stringify({ errorMessage: 'In the way: remove it' }) };
  await markFailed({ domain, revision: 1, error }, { getRemainingTimeInMillis: () => 30_000 } as never);
  const entries = await timeline();
  expect(entries).toHaveLength(2);
  for (const entry of entries) expect(entry).not.toHaveProperty('by');
  const { item } = (await readSite(ledger, domain)) ?? {};
  expect(item?.operation).toMatchObject({ name: 'undo' });
  expect(item?.operation).not.toHaveProperty('by');
});
