import {
  DeleteDistributionCommand,
  GetDistributionCommand,
  ListDomainConflictsCommand,
  type Tag,
  UpdateDistributionCommand,
} from '@aws-sdk/client-cloudfront';
import { DescribeRulesCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { readSiteItem } from '../../../aws/ledger/read-site.ts';
import { writeSite } from '../../../aws/ledger/write-site.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';
import { handler } from '../../../functions/resources/distribution.ts';
import { aliasesOf, newConfig, prepared, secretOf } from '../../../resources/distribution/config.ts';
import { originsOf } from '../../../resources/distribution/config-parts.ts';
import { differences } from '../../../resources/distribution/differences.ts';
import { aCdn, aDesired, behindCdn, useDistributions } from '../../support/distributions.ts';
import { aSite } from '../../support/site.ts';
import {
  awsError,
  changing,
  context,
  domain,
  event,
  givenSite,
  givenStep,
  givenUndo,
  mutations,
  ownTags,
  theStep,
  undoing,
} from '../../support/steps.ts';

const { ledger, cloudFront, held, references, having, before, ledElsewhere } = useDistributions();

const CERTIFICATE = 'arn:aws:acm:us-east-1:123456789012:certificate/1';
const issued = { AwaitViewerCertificate: { certificateArn: CERTIFICATE } };
const preparing = { ...event, phase: 'prepare' as const };
const serving = { ...event, phase: 'shift' as const };
const releasing = { ...event, phase: 'release' as const };

const given = (changes: Parameters<typeof givenSite>[1] = {}) =>
  givenSite(ledger, {
    ...changes,
    site: { ...behindCdn, ...changes.site },
    outputs: { ...issued, ...changes.outputs },
  });
/** The distribution of a site that serves. */
const live = async () => {
  await given();
  await handler(preparing, context);
  await handler(serving, context);
  for (const each of held.values()) each.status = 'Deployed';
  cloudFront.resetHistory();
};
/** What the site has become since: an undo, or another document. */
const become = async (changes: Partial<SiteItem>) => {
  const over = await readSiteItem(ledger, domain);
  if (!over) throw new Error('The ledger has no site');
  await writeSite(ledger, { ...over, ...changes }, { over });
};
const theConfig = () => {
  const [[, found] = []] = [...held];
  if (!found) throw new Error('The account has no distribution');
  return found.config;
};
const desired = aDesired({ names: [domain] });
const lost = () => awsError('TimeoutError');

describe('CreateDistribution', () => {
  test('creates it with our tags before any certificate is issued, without names, and once', async () => {
    await given({ outputs: { AwaitViewerCertificate: undefined as never } });
    const output = await handler(preparing, context);
    expect(output).toEqual({ distributionId: 'E1', domainName: 'e1.cloudfront.net' });
    expect(held.get('E1')?.tags).toEqual(ownTags);
    expect(theConfig().Aliases).toBeUndefined();
    expect(await handler(preparing, context)).toEqual(output);
    expect(mutations(cloudFront)).toEqual(['CreateDistributionWithTags']);
  });

  test('keeps the secret of the origin to itself: no output, ledger or message has it', async () => {
    await given();
    const output = await handler(preparing, context);
    const secret = secretOf(theConfig()) ?? '';
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify([output, await theStep(ledger, 'CreateDistribution')])).not.toContain(secret);
  });

  test('S10: makes no second one when the answer was lost and the listing is late', async () => {
    await given();
    await handler(preparing, context);
    await givenStep(ledger, { name: 'CreateDistribution', state: 'running' });
    const late = new Map(held);
    held.clear();
    await expect(handler(preparing, context)).rejects.toMatchObject({ name: 'NotReady' });
    for (const [id, each] of late) held.set(id, each);
    expect(await handler(preparing, context)).toMatchObject({ distributionId: 'E1' });
    expect(references.size).toBe(1);
    expect((await theStep(ledger, 'CreateDistribution')).made).toEqual([
      { type: 'distribution', id: 'E1', ours: true, detail: 'e1.cloudfront.net', domainName: 'e1.cloudfront.net' },
    ]);
  });

  test('takes another reference only once one that was used before would be listed', async () => {
    await given();
    await handler(preparing, context);
    held.clear();
    await givenStep(ledger, { name: 'CreateDistribution', state: 'running' });
    await expect(handler(preparing, context)).rejects.toMatchObject({ name: 'NotReady' });
    await expect(handler(preparing, context)).rejects.toMatchObject({ name: 'NotReady' });
    expect(references.size).toBe(1);
    const { made } = await theStep(ledger, 'CreateDistribution');
    const madeAt = new Date(Date.now() - 61_000).toISOString();
    await givenStep(ledger, {
      name: 'CreateDistribution',
      state: 'waiting',
      made: made.map((each) => ({ ...each, madeAt })),
    });
    expect(await handler(preparing, context)).toMatchObject({ distributionId: 'E2' });
    expect((await theStep(ledger, 'CreateDistribution')).made).toHaveLength(1);
  });

  test('adds another origin beside the one that is asked', async () => {
    await live();
    await become({ ...changing, site: aSite({ ...behindCdn, cdn: { ...aCdn, originName: 'backend.example.test' } }) });
    await handler(preparing, context);
    expect(originsOf(theConfig()).map(({ DomainName }) => DomainName)).toEqual([
      `origin.${domain}`,
      'backend.example.test',
    ]);
    expect(mutations(cloudFront)).toEqual(['UpdateDistribution']);
  });

  test('stops at one of its own that has lost its tags', async () => {
    await live();
    await givenStep(ledger, {
      name: 'CreateDistribution',
      state: 'failed',
      made: [{ type: 'distribution', id: 'E1', ours: true }],
    });
    Object.assign(held.get('E1') ?? {}, { tags: [] });
    await expect(handler(preparing, context)).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringMatching(/it has no owner tags\. Tag it with nameplate:site=/),
    });
    expect(mutations(cloudFront)).toEqual([]);
  });
});

describe('ServeAliases', () => {
  test('gives it the names with their certificate, and once', async () => {
    await given();
    await handler(preparing, context);
    expect(await handler(serving, context)).toEqual({});
    expect(theConfig()).toMatchObject({
      Aliases: { Quantity: 2, Items: [domain, `www.${domain}`] },
      ViewerCertificate: {
        ACMCertificateArn: CERTIFICATE,
        SSLSupportMethod: 'sni-only',
        MinimumProtocolVersion: 'TLSv1.2_2021',
      },
    });
    await handler(serving, context);
    expect(mutations(cloudFront)).toEqual(['CreateDistributionWithTags', 'UpdateDistribution']);
  });

  test.each(['PreconditionFailed', 'InvalidIfMatchVersion'])(
    'C2: %s reads again and merges again: what another tool has set meanwhile stays',
    async (code) => {
      await given();
      await handler(preparing, context);
      before('update', () => {
        const found = held.get('E1');
        if (found) Object.assign(found, { etag: 7, config: { ...found.config, WebACLId: 'theirs' } });
        throw awsError(code);
      });
      await handler(serving, context);
      expect(theConfig()).toMatchObject({ WebACLId: 'theirs', Aliases: { Quantity: 2 } });
      expect(cloudFront.commandCalls(UpdateDistributionCommand).map(({ args }) => args[0].input.IfMatch)).toEqual([
        'E1',
        'E7',
      ]);
    },
  );

  test('C2: merges five times at most, then the workflow waits', async () => {
    await given();
    await handler(preparing, context);
    cloudFront.on(UpdateDistributionCommand).rejects(awsError('PreconditionFailed'));
    await expect(handler(serving, context)).rejects.toMatchObject({ name: 'NotReady' });
    expect(cloudFront.commandCalls(UpdateDistributionCommand)).toHaveLength(5);
  });

  test('C4: waits while CloudFront deploys another change of the certificate', async () => {
    await given();
    await handler(preparing, context);
    cloudFront.on(UpdateDistributionCommand).rejects(awsError('IllegalUpdate'));
    await expect(handler(serving, context)).rejects.toMatchObject({ name: 'NotReady' });
  });

  test('C5: waits while CloudFront does not know a certificate that ACM has just issued, and stops after minutes', async () => {
    await given();
    await handler(preparing, context);
    cloudFront.on(UpdateDistributionCommand).rejects(awsError('InvalidViewerCertificate'));
    await expect(handler(serving, context)).rejects.toMatchObject({ name: 'NotReady' });
    const startedAt = new Date(Date.now() - 6 * 60_000).toISOString();
    await givenStep(ledger, { name: 'ServeAliases', state: 'waiting', startedAt });
    await expect(handler(serving, context)).rejects.toMatchObject({ name: 'Misconfigured' });
  });

  test('C6: says which quota is reached', async () => {
    await given();
    await handler(preparing, context);
    cloudFront.on(UpdateDistributionCommand).rejects(awsError('TooManyDistributionCNAMEs'));
    await expect(handler(serving, context)).rejects.toMatchObject({ name: 'QuotaReached' });
  });

  test('waits for one that GetDistribution does not return yet', async () => {
    await given();
    await handler(preparing, context);
    cloudFront.on(GetDistributionCommand).rejects(awsError('NoSuchDistribution'));
    await expect(handler(serving, context)).rejects.toMatchObject({ name: 'NotReady' });
  });
});

describe('another secret', () => {
  const elb = mockClient(ElasticLoadBalancingV2Client);
  const NEXT = `2-${'e'.repeat(64)}`;
  const accepting = (...Values: string[]) => {
    const HttpHeaderConfig = { HttpHeaderName: 'X-Nameplate-Origin', Values };
    elb.on(DescribeRulesCommand).resolves({
      Rules: [{ RuleArn: 'arn:rule', Conditions: [{ Field: 'http-header', HttpHeaderConfig }] }],
    });
  };
  const asking = () => become({ ...changing, site: aSite({ ...behindCdn, cdn: { ...aCdn, secretGeneration: 2 } }) });

  test('is sent once the load balancer accepts it', async () => {
    await live();
    const former = secretOf(theConfig()) ?? '';
    await asking();
    await handler(preparing, context);
    expect(secretOf(theConfig())).toBe(former);
    await givenStep(ledger, { name: 'AttachCertificate', output: { listenerArn: 'arn:443' } });
    accepting(former);
    await expect(handler(serving, context)).rejects.toMatchObject({ name: 'NotReady' });
    accepting(former, NEXT);
    await handler(serving, context);
    await handler(serving, context);
    expect(secretOf(theConfig())).toBe(NEXT);
    expect(mutations(cloudFront)).toEqual(['UpdateDistribution']);
  });

  test('is shown in no plan but by its number', async () => {
    const wanted = aDesired({ names: [], origin: { secretGeneration: 2 } });
    const config = newConfig(wanted, { callerReference: 'once' });
    const [before, after] = ['a'.repeat(64), NEXT].map((secret) => prepared(config, wanted, secret));
    expect(differences(before ?? config, after ?? config)).toMatchObject({
      before: { secretHeader: '⟨secret⟩' },
      after: { secretHeader: '2-⟨secret⟩' },
      words: expect.stringContaining('send the origin another secret header'),
    });
  });
});

describe('RemoveDistribution', () => {
  test('C7: disables it, waits until that is deployed, and deletes it', async () => {
    await live();
    await become({ ...undoing, revision: 2 });
    const removing = { ...releasing, revision: 2 };
    await expect(handler(removing, context)).rejects.toMatchObject({ name: 'NotReady' });
    expect(theConfig().Enabled).toBe(false);
    expect(aliasesOf(theConfig())).toEqual([domain, `www.${domain}`]);
    await expect(handler(removing, context)).rejects.toMatchObject({ name: 'NotReady' });
    for (const each of held.values()) each.status = 'Deployed';
    expect(await handler(removing, context)).toEqual({ left: [], removed: ['E1'] });
    expect(held.size).toBe(0);
    expect(mutations(cloudFront)).toEqual(['UpdateDistribution', 'DeleteDistribution']);
    expect(await handler(removing, context)).toEqual({ left: [], removed: ['E1'] });
    expect(cloudFront.commandCalls(DeleteDistributionCommand)).toHaveLength(1);
  });

  test('deletes one whose answer was lost before the ledger had it', async () => {
    await given();
    before('create', () => {
      const config = { ...newConfig(desired, { callerReference: 'once' }), Enabled: false };
      having('E9', config);
      throw lost();
    });
    await expect(handler(preparing, context)).rejects.toMatchObject({ name: 'Throttled' });
    await become({ ...undoing, revision: 2 });
    await handler({ ...releasing, revision: 2 }, context);
    expect(held.size).toBe(0);
  });

  test('retains one that serves a name which is no name of the site', async () => {
    await live();
    const config = theConfig();
    config.Aliases = { Quantity: 3, Items: [...aliasesOf(config), 'promo.example.test'] };
    await become({ ...undoing, revision: 2 });
    expect(await handler({ ...releasing, revision: 2 }, context)).toEqual({
      left: [{ type: 'distribution', id: 'E1', why: expect.stringMatching(/^it serves "promo\.example\.test"/) }],
    });
    expect(mutations(cloudFront)).toEqual([]);
  });

  test('retains one that records of others lead to, as it was approved', async () => {
    await live();
    const retained = [{ type: 'distribution' as const, id: 'E1', why: 'blog leads to it' }];
    await become({ ...undoing, revision: 2 });
    await givenStep(ledger, { name: 'CheckRemoval', revision: 2, output: { retained } });
    expect(await handler({ ...releasing, revision: 2 }, context)).toEqual({ left: retained });
    expect(mutations(cloudFront)).toEqual([]);
  });

  test('takes names and the origin of an earlier document out of one that stays', async () => {
    await live();
    const site = aSite({ ...behindCdn, aliases: [], cdn: { ...aCdn, originName: 'backend.example.test' } });
    await become({ ...changing, site, former: [`www.${domain}`] });
    await handler(preparing, context);
    await handler(serving, context);
    await handler(releasing, context);
    expect(aliasesOf(theConfig())).toEqual([domain]);
    expect(originsOf(theConfig()).map(({ DomainName }) => DomainName)).toEqual(['backend.example.test']);
    cloudFront.resetHistory();
    await handler(releasing, context);
    expect(mutations(cloudFront)).toEqual([]);
  });

  test('asks CloudFront nothing for a site that never had one', async () => {
    await givenUndo(ledger);
    expect(await handler(releasing, context)).toEqual({ left: [] });
    expect(cloudFront.calls()).toHaveLength(0);
  });
});

describe('C1: a name that another distribution serves', () => {
  const theirs = (tags: Tag[] = []) =>
    having(
      'E7',
      { ...newConfig(desired, { callerReference: 'theirs' }), Comment: '', Aliases: { Quantity: 1, Items: [domain] } },
      { tags },
    );

  test('of the account stops the site before anything is created', async () => {
    await given();
    theirs();
    await expect(handler(preparing, context)).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringMatching(
        /^Cannot serve "shop\.example\.test": the distribution E7 \(e7\.cloudfront\.net\)/,
      ),
    });
    expect(mutations(cloudFront)).toEqual([]);
  });

  test('of another site is told as that', async () => {
    await given();
    theirs([{ Key: 'nameplate:site', Value: 'other.test' }]);
    await expect(handler(preparing, context)).rejects.toMatchObject({
      message: expect.stringContaining('it belongs to the site "other.test"'),
    });
  });

  test('of another account is told with what to do; the certificate is served by then', async () => {
    await given();
    await handler(preparing, context);
    before('update', () => {
      throw awsError('CNAMEAlreadyExists');
    });
    const conflict = { Domain: domain, ResourceType: 'distribution' as const, AccountId: '******555555' };
    cloudFront
      .on(ListDomainConflictsCommand)
      .resolves({ DomainConflicts: [{ ...conflict, ResourceId: '***QLMR5EX' }] });
    await expect(handler(serving, context)).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringMatching(
        /the distribution \*\*\*QLMR5EX of the account \*{6}555555 does\. .* TXT record "_shop\.example\.test" with the value "e1\.cloudfront\.net"/,
      ),
    });
    expect(theConfig().ViewerCertificate?.ACMCertificateArn).toBe(CERTIFICATE);
    expect(aliasesOf(theConfig())).toEqual([]);
  });

  test('that no distribution has, and DNS leads to another one, is left out until its record has moved', async () => {
    await given();
    await handler(preparing, context);
    ledElsewhere.add(domain);
    cloudFront.on(ListDomainConflictsCommand).resolves({ DomainConflicts: [] });
    expect(await handler(serving, context)).toEqual({ pointedFirst: [domain] });
    expect(aliasesOf(theConfig())).toEqual([`www.${domain}`]);
    expect((await theStep(ledger, 'ServeAliases')).message).toContain(`${domain} is added once DNS leads there`);

    await givenStep(ledger, { name: 'PointRecords', output: { changes: [] } });
    await expect(handler(serving, context)).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringContaining('Waiting until CloudFront sees that DNS leads shop.example.test'),
    });
    ledElsewhere.clear();
    expect(await handler(serving, context)).toEqual({});
    expect(aliasesOf(theConfig())).toEqual([`www.${domain}`, domain]);
  });
});
