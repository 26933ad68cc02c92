import { DescribeSecurityGroupRulesCommand } from '@aws-sdk/client-ec2';
import { DescribeExecutionCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readSite } from '../../../aws/ledger/read-site.ts';
import { NEWEST } from '../../../aws/ledger/read-timeline.ts';
import { writeSite } from '../../../aws/ledger/write-site.ts';
import type { RepairKind } from '../../../domain/care/repair.ts';
import { STOPPED } from '../../../domain/kill-switch.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';
import { repairSite } from '../../../functions/care/repair-site.ts';
import { createPlan } from '../../../functions/plans/create-plan.ts';
import { Refusal } from '../../../functions/shared/api/refusal.ts';
import { apiContext } from '../../support/api-event.ts';
import { useLedger } from '../../support/ledger.ts';
import { PlannableAccount } from '../../support/plannable-account.ts';
import { aSettledSiteItem, aSite } from '../../support/site.ts';

const ledger = useLedger();
const account = new PlannableAccount(createPlan);
const domain = 'shop.example.test';
/** Nothing of it is there any more. */
const site = aSite({ subnets: ['subnet-0000000a', 'subnet-0000000b'] });

beforeEach(async () => {
  await account.reset();
  account.ec2.on(DescribeSecurityGroupRulesCommand).resolves({});
  account.states.on(StartExecutionCommand).resolves({}).on(DescribeExecutionCommand).resolves({ status: 'RUNNING' });
});
afterEach(() => account.stop());

const given = (changes: Partial<SiteItem> = {}) =>
  writeSite(ledger, aSettledSiteItem({ site, live: site, liveAt: '2026-11-22T12:00:00.000Z', ...changes }), {
    over: undefined,
  });

/** What has begun, and how the timeline tells it. */
async function repaired(kinds: RepairKind[], survey = account.survey) {
  await repairSite(account.newResolver, survey)({ domain, kinds }, apiContext);
  const record = await readSite(ledger, domain, { timeline: NEWEST });
  return {
    started: account.states.commandCalls(StartExecutionCommand).map(({ args }) => args[0].input.name),
    told: record?.timeline.map(({ message }) => message),
  };
}

describe('a repair', () => {
  test('declares the site again as it is, and says what it puts back', async () => {
    await given();
    const { started, told } = await repaired(['all']);
    expect(started).toEqual(['shop_example_test-r2-change']);
    expect(told).toEqual([expect.stringMatching(/^Puts back what others have changed: .*load balancer/)]);
  });

  test('does nothing where it would do more than was ordered', async () => {
    await given();
    expect(await repaired(['validation', 'import'])).toEqual({ started: [], told: [] });
  });

  test('does nothing of a site that is not live', async () => {
    await given({ state: 'held' });
    expect((await repaired(['all'])).started).toEqual([]);
  });

  test('does nothing while all changes are stopped', async () => {
    await given();
    ledger.killSwitch(STOPPED);
    expect((await repaired(['all'])).started).toEqual([]);
  });

  test('leaves to a person what a request would be refused for', async () => {
    await given();
    const refused = () => Promise.reject(new Refusal('in-the-way', 'Something foreign is in the way'));
    expect((await repaired(['all'], refused)).started).toEqual([]);
  });

  test('that AWS has no room for is called again', async () => {
    await given();
    const busy = () => Promise.reject(Object.assign(new Error('slow down'), { name: 'ThrottlingException' }));
    await expect(repaired(['all'], busy)).rejects.toThrow('slow down');
  });
});
