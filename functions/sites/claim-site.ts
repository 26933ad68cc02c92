import { usesExport } from '../../domain/certificates/server-names.ts';
import { edgeOf, hasLoadBalancer, needsResource } from '../../domain/edges/edge.ts';
import { waitForLateInvocations } from '../../domain/ledger/late-invocations.ts';
import { newInstanceOf } from '../../domain/origins/new-instance.ts';
import { releases } from '../../domain/sites/life/standing.ts';
import { namesOf } from '../../domain/sites/names-of.ts';
import { ledgerStep } from '../shared/steps/step.ts';

/**
 * The workflow's first step: it goes on only while its operation is the site's, which `step()` checks, and tells which
 * way the site goes. The names were claimed, one owner each, when the site was declared.
 */
export const handler = ledgerStep('ClaimSite', async ({ site, item, now }) => {
  waitForLateInvocations(item, now);
  return {
    output: {
      hasLoadBalancer: hasLoadBalancer(site),
      joinsLoadBalancer: needsResource(site, 'listener certificate'),
      hasDistribution: edgeOf(site).servedBy === 'distribution',
      hasFailover: needsResource(site, 'page'),
      hasAcme: needsResource(site, 'domain validation'),
      exportsCertificate: usesExport(site),
      makesInstance: newInstanceOf(site) !== undefined,
      releases: releases(item),
    },
    message: `Claimed ${namesOf(site)
      .map(({ name }) => name)
      .join(', ')}`,
  };
});
