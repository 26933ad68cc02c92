import { DescribeAddressesCommand, ReleaseAddressCommand } from '@aws-sdk/client-ec2';
import { describe, expect, test } from '@jest/globals';
import { handler } from '../../../functions/plans/survey-removal.ts';
import type { RemovalRequest } from '../../../functions/shared/removal/removal-survey.ts';
import { apiContext } from '../../support/api-event.ts';
import { useEmptyAccount } from '../../support/empty-account.ts';
import { useLedger } from '../../support/ledger.ts';
import { aSettledSiteItem, aSite, aStepItem } from '../../support/site.ts';
import { mutations, ownTags } from '../../support/steps.ts';

useLedger();
const { acm, ec2, elb, route53 } = useEmptyAccount();

const address = { type: 'elastic address' as const, id: 'eipalloc-1', ours: true, address: '203.0.113.9' };
const record: RemovalRequest['record'] = {
  item: aSettledSiteItem({ site: aSite({ aliases: [] }), state: 'held' }),
  steps: [aStepItem('ReserveAddress', { made: [address] })],
  timeline: [],
};
const ask = (more: Partial<RemovalRequest> = {}) =>
  handler({ record, planning: false, now: '2026-11-22T12:00:00.000Z', ...more }, apiContext);

/** An Elastic IP address that bears the tags of the site. */
const withAddress = () =>
  ec2
    .on(DescribeAddressesCommand)
    .resolves({ Addresses: [{ AllocationId: address.id, PublicIp: address.address, Tags: ownTags }] });

describe('SurveyRemoval', () => {
  test('says what a removal has to be allowed, and for a plan what it does', async () => {
    withAddress();
    expect(await ask()).toEqual({ survey: { obstacles: [] } });
    expect(await ask({ planning: true })).toMatchObject({
      plan: {
        changes: [{ verb: 'delete', resource: { type: 'elastic address', id: address.id } }],
        findings: [{ check: 'addressReleased', message: expect.stringContaining(address.address) }],
      },
    });
    expect([acm, ec2, elb, route53].flatMap((mock) => mutations(mock))).toEqual([]);
    expect(ec2.commandCalls(ReleaseAddressCommand)).toEqual([]);
  });

  const stays = { check: 'addressLeft', severity: 'info', message: expect.stringMatching(/3\.65 USD.*eipalloc-1/) };

  test('unmarks in a plan what is to be kept, warns of nothing, and tells what an address that stays costs', async () => {
    withAddress();
    expect(await ask({ planning: true, keeps: ['elastic address'] })).toMatchObject({
      plan: { changes: [{ verb: 'unmark', resource: { id: address.id } }], findings: [stays] },
    });
  });

  test('tells so of the address that the instance had before, and of none of another site or that is gone', async () => {
    const planned = async (Tags: typeof ownTags | undefined) => {
      ec2
        .on(DescribeAddressesCommand)
        .resolves({ Addresses: Tags ? [{ AllocationId: address.id, PublicIp: address.address, Tags }] : [] });
      const steps = [aStepItem('ReserveAddress', { made: [{ ...address, ours: false }] })];
      return await ask({ planning: true, record: { ...record, steps } });
    };
    const others = [{ Key: 'nameplate:site', Value: 'other.example.test' }, ...ownTags.slice(1)];
    expect(await planned([])).toMatchObject({ plan: { changes: [], findings: [stays] } });
    expect(await planned(others)).toMatchObject({ plan: { findings: [] } });
    expect(await planned(undefined)).toMatchObject({ plan: { findings: [] } });
  });

  test.each([
    ['on', ['record'], ['maintenanceKept']],
    ['off', ['record'], []],
    ['on', ['elastic address'], []],
  ] as const)('with the page %s and %j kept, warns of %j', async (state, keeps, found) => {
    withAddress();
    const maintenance = { state, cause: 'request', since: '2026-11-22T11:00:00.000Z' } as const;
    const answer = await ask({
      planning: true,
      keeps: ['elastic address', ...keeps],
      record: { ...record, item: { ...record.item, maintenance } },
    });
    expect(answer).toMatchObject({
      plan: { findings: [...found.map((check) => ({ check, severity: 'warning' })), { check: 'addressLeft' }] },
    });
  });

  test('tells a failure of AWS by its name and message', async () => {
    ec2.on(DescribeAddressesCommand).rejects(Object.assign(new Error('slow down'), { name: 'RequestLimitExceeded' }));
    expect(await ask()).toEqual({ failure: { name: 'Throttled', message: expect.stringContaining('slow down') } });
  });
});
