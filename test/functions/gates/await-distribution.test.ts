import { GetDistributionCommand } from '@aws-sdk/client-cloudfront';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { handler } from '../../../functions/gates/await-distribution.ts';
import { newConfig, prepared, serving } from '../../../resources/distribution/config.ts';
import { aDesired, behindCdn, useDistributions } from '../../support/distributions.ts';
import { context, domain, event, givenSite, givenStep, mutations, theStep } from '../../support/steps.ts';

const { ledger, cloudFront, held, having } = useDistributions();

const CERTIFICATE = 'arn:aws:acm:us-east-1:123456789012:certificate/1';
const desired = aDesired();
const served = serving(
  prepared(newConfig(desired, { callerReference: 'once' }), desired, 'a'.repeat(64)),
  desired,
  CERTIFICATE,
);
const outputs = {
  AwaitViewerCertificate: { certificateArn: CERTIFICATE },
  CreateDistribution: { distributionId: 'E1', domainName: 'e1.cloudfront.net' },
};

beforeEach(async () => {
  await givenSite(ledger, { site: behindCdn, outputs });
  having('E1', served);
});

/** The gate as it has looked for minutes already. */
const lookedFor = (minutes: number) =>
  givenStep(ledger, {
    name: 'AwaitDistribution',
    state: 'waiting',
    startedAt: new Date(Date.now() - minutes * 60_000).toISOString(),
    looks: 20,
  });

describe('AwaitDistribution', () => {
  test('C8: goes on once every edge location has the names and the certificate, after one question', async () => {
    expect(await handler(event, context)).toEqual({});
    expect(await theStep(ledger, 'AwaitDistribution')).toMatchObject({ state: 'done' });
    expect(cloudFront.calls()).toHaveLength(1);
  });

  test('C8: waits while it is deployed', async () => {
    having('E1', served, { status: 'InProgress' });
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'NotReady' });
  });

  test.each([
    ['disabled it', { Enabled: false }, 'answer viewers again'],
    ['taken a name off', { Aliases: { Quantity: 1, Items: [domain] } }, `serve ${domain}, www.${domain}`],
  ])('says what to do where another tool has %s, and stops after minutes', async (_, changes, words) => {
    having('E1', { ...served, ...changes });
    await expect(handler(event, context)).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringContaining(words),
    });
    await lookedFor(6);
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'Misconfigured' });
    expect(mutations(cloudFront)).toEqual([]);
  });

  test('has one that was deleted created again, once', async () => {
    held.clear();
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'Missing' });
    await lookedFor(6);
    await expect(handler({ ...event, restored: true }, context)).rejects.toMatchObject({ name: 'Misconfigured' });
  });

  test('does not take one for deleted that was created a moment ago', async () => {
    held.clear();
    const endedAt = new Date().toISOString();
    await givenStep(ledger, { name: 'CreateDistribution', endedAt, output: outputs.CreateDistribution });
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'NotReady' });
    expect(cloudFront.commandCalls(GetDistributionCommand)).toHaveLength(1);
  });

  test('tells nothing of the secret', async () => {
    having('E1', { ...served, Origins: { Quantity: 0, Items: [] } });
    await expect(handler(event, context)).rejects.toMatchObject({ message: expect.not.stringContaining('aaaa') });
  });
});
