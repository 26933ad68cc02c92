import { describe, expect, test } from '@jest/globals';
import { cost } from '../../../domain/preflight/cost.ts';
import { NOTHING_ASKED } from '../../../domain/preflight/limits.ts';
import { exceeded, quotas } from '../../../domain/preflight/quotas.ts';
import { waits } from '../../../domain/preflight/waits.ts';
import type { Site } from '../../../domain/sites/site.ts';
import type { OwnDistribution, SeenDistributions } from '../../../resources/distribution/changes.ts';
import { newConfig, prepared, serving } from '../../../resources/distribution/config.ts';
import { distribution } from '../../../resources/distribution/distribution.ts';
import type { Scope } from '../../../resources/resource.ts';
import { aCdn, behindCdn } from '../../support/distributions.ts';
import { aSite } from '../../support/site.ts';
import { noUsage } from '../../support/world.ts';

const CERTIFICATE = 'arn:aws:acm:us-east-1:123456789012:certificate/1';
const owner = { domain: 'shop.example.test', stack: 'Nameplate' };
const tags = { 'nameplate:site': owner.domain, 'nameplate:stack': 'Nameplate' };

function scopeOf(changes: Partial<Site> = {}, more: Partial<Scope> = {}): Scope {
  const known = { RequestViewerCertificate: { certificateArn: CERTIFICATE, records: [] } };
  const site = aSite({ ...behindCdn, ...changes });
  return { owner, site, record: undefined, known, retained: [], now: new Date(), ...more };
}

const changesOf = (seen: SeenDistributions, scope: Scope) =>
  distribution.changes(distribution.desired(scope), seen, scope);

/** The distribution of the site as its default document has it. */
function standing(changes: Partial<OwnDistribution> = {}): OwnDistribution {
  const [desired] = distribution.desired(scopeOf());
  if (!desired) throw new Error('The site needs no distribution');
  const config = serving(
    prepared(newConfig(desired, { callerReference: 'once' }), desired, 'a'.repeat(64)),
    desired,
    CERTIFICATE,
  );
  return {
    id: 'E1',
    arn: 'arn:1',
    domainName: 'd1.cloudfront.net',
    status: 'Deployed',
    etag: 'E',
    config,
    tags,
    ...changes,
  };
}

describe('a plan', () => {
  test('creates the distribution beside the certificate, and then has it serve the names', () => {
    expect(changesOf({ own: [] }, scopeOf())).toEqual([
      {
        verb: 'create',
        phase: 'prepare',
        resource: { type: 'distribution', name: 'shop.example.test' },
        after: expect.objectContaining({
          origins: ['origin.shop.example.test'],
          originTls: ['https-only 443 TLSv1.2'],
          secretHeader: '⟨secret⟩',
          http: 'redirect-to-https',
          caching: 'CachingDisabled',
          forwarding: 'AllViewer',
          tags,
        }),
        message:
          'Create a CloudFront distribution in front of "origin.shop.example.test"; it serves no name before the certificate is issued',
      },
      {
        verb: 'update',
        phase: 'shift',
        resource: { type: 'distribution', name: 'shop.example.test' },
        before: { names: [], certificate: 'none', minimumTls: 'none' },
        after: {
          names: ['shop.example.test', 'www.shop.example.test'],
          certificate: CERTIFICATE,
          minimumTls: 'TLSv1.2_2021',
        },
        message: `Have the new distribution serve shop.example.test, www.shop.example.test; serve the certificate ${CERTIFICATE}; hold viewers to the TLS policy "TLSv1.2_2021"`,
      },
    ]);
  });

  test('has words for a certificate that is not requested yet', () => {
    const [, shift] = changesOf({ own: [] }, scopeOf({}, { known: {} }));
    expect(shift?.after).toMatchObject({ certificate: '(new viewer certificate)' });
  });

  test('changes nothing of one that serves as declared', () => {
    expect(changesOf({ own: [standing()] }, scopeOf())).toMatchObject([
      { verb: 'keep', phase: 'prepare', resource: { id: 'E1' } },
    ]);
  });

  test('says what another document changes, and when', () => {
    const cdn = { ...aCdn, originName: 'backend.example.test', minimumTls: 'TLSv1.3_2025' } as const;
    const scope = scopeOf({ cdn, http: 'reject', aliases: [] });
    expect(changesOf({ own: [standing()] }, scope).map(({ phase, message }) => `${phase}: ${message}`)).toEqual([
      'prepare: Have the distribution E1 list origin.shop.example.test, backend.example.test as its origins',
      'shift: Have the distribution E1 hold viewers to the TLS policy "TLSv1.3_2025"; send requests to "backend.example.test"; answer plain HTTP with 403',
    ]);
  });

  test('tells the names that the distribution keeps from being deleted', () => {
    const theirs = standing();
    theirs.config = { ...theirs.config, Aliases: { Quantity: 1, Items: ['promo.example.test'] } };
    expect(changesOf({ own: [theirs] }, scopeOf({}, { site: undefined }))).toMatchObject([
      { verb: 'retain', phase: 'release', message: expect.stringContaining('"promo.example.test"') },
    ]);
  });

  test('tells the origins of others that the distribution asks, which keep it from being deleted', () => {
    const theirs = standing();
    const own = theirs.config.Origins?.Items ?? [];
    const legacy = { ...own[0], Id: 'teamB', DomainName: 'legacy.example.test' };
    theirs.config = { ...theirs.config, Origins: { Quantity: own.length + 1, Items: [...own, legacy] } };
    expect(changesOf({ own: [theirs] }, scopeOf({}, { site: undefined }))).toMatchObject([
      { verb: 'retain', phase: 'release', message: expect.stringContaining('"legacy.example.test"') },
    ]);
  });

  test('shows the secret nowhere', () => {
    const seen = { own: [standing()] };
    expect(JSON.stringify(changesOf(seen, scopeOf({ cdn: { ...aCdn, lock: false } })))).not.toContain('aaaa');
    expect(JSON.stringify(changesOf(seen, scopeOf({}, { site: undefined })))).not.toContain('aaaa');
  });
});

describe('before anything is made', () => {
  const planned = changesOf({ own: [] }, scopeOf());
  const touched = (usage = noUsage) =>
    quotas(planned, { usage, limits: NOTHING_ASKED, zones: [], certificateNames: 2 });

  test('C6: counts distributions and the names of one', () => {
    expect(touched()).toMatchObject([
      { quota: 'CloudFront distributions', used: 0, allowed: 500, needs: 1 },
      { quota: 'names of the distribution', used: 0, allowed: 100, needs: 2 },
    ]);
    expect(exceeded(touched({ ...noUsage, distributions: 500 }))).toMatchObject([
      { quota: 'CloudFront distributions' },
    ]);
  });

  test('says what it costs, which is nothing before its traffic is', () => {
    expect(cost(planned, { subnets: 2 })).toMatchObject({
      lines: [{ what: expect.stringContaining('1 TB and 10 million requests'), quantity: 1, monthly: 0 }],
      monthly: 0,
    });
  });

  test('tells of the deployment', () => {
    expect(waits(planned, { findings: [], certificatePending: false })).toMatchObject([{ for: 'distribution' }]);
  });
});
