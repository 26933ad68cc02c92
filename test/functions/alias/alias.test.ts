import { ACMClient, DescribeCertificateCommand } from '@aws-sdk/client-acm';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../../functions/resources/alias.ts';
import { handler as distribution } from '../../../functions/resources/distribution.ts';
import { aliasesOf, newConfig, prepared, serving } from '../../../resources/distribution/config.ts';
import { aDesired, behindCdn, useDistributions } from '../../support/distributions.ts';
import {
  awsError,
  context,
  declareAnew,
  domain,
  event,
  givenSite,
  givenStep,
  givenUndo,
  mutations,
  theStep,
} from '../../support/steps.ts';

const { ledger, cloudFront, held, having, before } = useDistributions();
const acm = mockClient(ACMClient);

const www = `www.${domain}`;
const CERTIFICATE = 'arn:aws:acm:us-east-1:123456789012:certificate/1';
const THEIRS = 'arn:aws:acm:us-east-1:123456789012:certificate/theirs';
const desired = aDesired({ names: [www] });
const shift = { ...event, phase: 'shift' as const };
const release = { ...event, phase: 'release' as const };
const made = [
  { type: 'distribution', id: 'E1', ours: true, detail: 'e1.cloudfront.net', domainName: 'e1.cloudfront.net' } as const,
];
const moved = {
  type: 'alias',
  id: www,
  ours: true,
  detail: 'moved from the distribution E9 (e9.cloudfront.net)',
  before: { distributionId: 'E9', domainName: 'e9.cloudfront.net' },
} as const;

const config = (names: string[], certificate: string) =>
  serving(
    prepared(newConfig(desired, { callerReference: names.join() }), desired, 'a'.repeat(64)),
    { ...desired, names },
    certificate,
  );
const covering = (...names: string[]) =>
  acm
    .on(DescribeCertificateCommand)
    .resolves({ Certificate: { Status: 'ISSUED', SubjectAlternativeNames: names, InUseBy: [] } });
const deployed = () => {
  for (const each of held.values()) each.status = 'Deployed';
};
const namesAt = (id: string) => aliasesOf(held.get(id)?.config ?? {});

beforeEach(() => {
  acm.reset();
  covering(www);
});

/** The distribution of the site, ready but for a name that another of the account has. */
async function ready(tags: { Key: string; Value: string }[] = []): Promise<void> {
  having('E1', config([domain], CERTIFICATE));
  having('E9', config([www], THEIRS), { tags });
  await givenSite(ledger, {
    site: { ...behindCdn, adopt: true },
    outputs: { AwaitViewerCertificate: { certificateArn: CERTIFICATE }, ServeAliases: { moves: [www] } },
  });
  await givenStep(ledger, {
    name: 'CreateDistribution',
    made: [...made],
    output: { distributionId: 'E1', domainName: 'e1.cloudfront.net' },
  });
}

describe('C1: MoveAliases', () => {
  test('remembers where the name was, moves it, and waits until that is deployed', async () => {
    await ready();
    before('move', () => {
      throw awsError('Throttling');
    });
    await expect(handler(shift, context)).rejects.toMatchObject({ name: 'Throttled' });
    expect((await theStep(ledger, 'MoveAliases')).made).toEqual([moved]);
    await expect(handler(shift, context)).rejects.toMatchObject({ name: 'NotReady' });
    expect([namesAt('E1'), namesAt('E9')]).toEqual([[domain, www], []]);
    deployed();
    await handler(shift, context);
    expect(mutations(cloudFront)).toEqual(['AssociateAlias', 'AssociateAlias']);
    expect((await theStep(ledger, 'MoveAliases')).made).toEqual([moved]);
  });

  test('moves nothing from a distribution that is of another stack', async () => {
    await ready([{ Key: 'nameplate:stack', Value: 'Other' }]);
    await handler(shift, context).catch(() => undefined);
    expect(mutations(cloudFront)).toEqual([]);
  });

  test.each([
    ['its tag', [{ Key: 'nameplate:tenant', Value: 'acme' }], ['AssociateAlias']],
    ['no tag', [], []],
  ])('B4: a tenant has names moved from a distribution with %s', async (_, tags, calls) => {
    await ready(tags);
    await declareAnew(ledger, { tenant: 'acme' });
    await handler(shift, context).catch(() => undefined);
    expect(mutations(cloudFront)).toEqual(calls);
  });

  test('has a name added that was taken off the other one meanwhile, and once', async () => {
    await ready();
    having('E9', config([], THEIRS), { tags: [] });
    await expect(handler(shift, context)).rejects.toMatchObject({ name: 'Missing' });
    await expect(handler({ ...shift, restored: true }, context)).rejects.toMatchObject({ name: 'Misconfigured' });
  });

  test('stops with what CloudFront says where it refuses', async () => {
    await ready();
    before('move', () => {
      throw awsError('IllegalUpdate');
    });
    await expect(handler(shift, context)).rejects.toMatchObject({
      name: 'Misconfigured',
      message: expect.stringContaining(`does not move "${www}" to the distribution E1`),
    });
  });

  test('ServeAliases leaves the name to it', async () => {
    await ready();
    expect(await distribution(shift, context)).toEqual({ moves: [www] });
    expect(namesAt('E1')).toEqual([domain]);
  });
});

describe('RestoreAliases', () => {
  beforeEach(async () => {
    having('E1', config([domain, www], CERTIFICATE));
    having('E9', config([], THEIRS), { tags: [] });
    await givenUndo(ledger);
    await givenStep(ledger, { name: 'CreateDistribution', made: [...made] });
    await givenStep(ledger, { name: 'MoveAliases', made: [moved] });
  });
  const undo = () => handler(release, context);

  test('moves the name back, waits until that is deployed, and forgets it', async () => {
    await expect(undo()).rejects.toMatchObject({ name: 'NotReady' });
    expect([namesAt('E1'), namesAt('E9')]).toEqual([[domain], [www]]);
    deployed();
    expect(await undo()).toEqual({ left: [] });
    expect((await theStep(ledger, 'MoveAliases')).made).toEqual([]);
    expect(mutations(cloudFront)).toEqual(['AssociateAlias']);
  });

  test('retains it where the certificate of the former one no longer covers it, and says so', async () => {
    covering('other.example.test');
    expect(await undo()).toEqual({
      left: [{ type: 'alias', id: www, why: expect.stringContaining('whose certificate does not cover it') }],
    });
    expect(mutations(cloudFront)).toEqual([]);
  });

  test.each([
    ['the former one is deleted', () => held.delete('E9')],
    ['it was never moved', () => having('E9', config([www], THEIRS), { tags: [] })],
    ['another has it by now', () => having('E1', config([domain], CERTIFICATE))],
  ])('forgets it where %s', async (_, happens) => {
    happens();
    expect(await undo()).toEqual({ left: [] });
    expect(mutations(cloudFront)).toEqual([]);
  });
});
