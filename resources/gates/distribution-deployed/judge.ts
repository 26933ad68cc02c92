import type { DistributionConfig } from '@aws-sdk/client-cloudfront';
import type { Verdict } from '../../../domain/gates/verdict.ts';
import { DISTRIBUTION_MISSING } from '../../../domain/load-balancers/edge-removals.ts';
import { viewerCertificateIn } from '../../distribution/changes.ts';
import { prepared, serving } from '../../distribution/config.ts';
import type { DesiredDistribution } from '../../distribution/desired.ts';
import { differences } from '../../distribution/differences.ts';
import { judgeRemovals } from '../../edge-removals/judge.ts';
import type { GateScope } from '../../gate.ts';
import { recordOf } from '../../scope.ts';

/** How the distribution was seen; `found` is undefined of one that is not there. */
export interface DeploymentSight {
  id: string;
  desired: DesiredDistribution;
  found: { status: string; config: DistributionConfig } | undefined;
}

/** Before all edge locations have the names and the certificate, viewers that come to one of them get an error (failures C8). */
export function judgeDeployment(
  { id, desired, found }: DeploymentSight,
  scope: GateScope,
): Verdict<Record<string, never>> {
  if (!found) {
    const removed = judgeRemovals([DISTRIBUTION_MISSING], { ...scope, record: recordOf(scope) });
    if (removed) return removed;
  }
  const { status, config } = found ?? {};
  const wanted = config && serving(prepared(config, desired, ''), desired, viewerCertificateIn(scope));
  const changed = config && wanted && differences(config, wanted);
  if (changed) {
    const what = `the distribution ${id} was changed since it was set: to be as declared it has to ${changed.words}`;
    return {
      state: 'ailing',
      message: `Waiting: ${what}`,
      failure: `Cannot use the distribution: ${what}. Have the tool that changed it leave it alone, then declare the site again`,
    };
  }
  if (status === 'Deployed') {
    return {
      state: 'open',
      output: {},
      message: `CloudFront has deployed the distribution ${id} to all edge locations`,
    };
  }
  return {
    state: 'closed',
    message: `Waiting until CloudFront has deployed the distribution ${id} to all edge locations, which takes some minutes`,
  };
}
