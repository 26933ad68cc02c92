import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { readDistribution } from '../../../aws/distributions/read-distribution.ts';
import { movedLater } from '../../../domain/distributions/moves.ts';
import { outputOf } from '../../../domain/ledger/outputs.ts';
import { distribution } from '../../distribution/distribution.ts';
import type { Gate } from '../../gate.ts';
import { recordOf } from '../../scope.ts';
import { type DeploymentSight, judgeDeployment } from './judge.ts';

/** Opens when all edge locations serve the distribution as it was set. CloudFront tells it by no event. */
export const distributionDeployed: Gate<'AwaitDistribution', DeploymentSight> = {
  name: 'AwaitDistribution',
  async look({ clients }, scope) {
    const record = recordOf(scope);
    const { distributionId: id } = outputOf(record, 'CreateDistribution');
    const [desired] = distribution.desired(scope);
    if (!desired) throw new Error(`Cannot wait for the distribution of "${scope.owner.domain}": the site needs none`);
    const names = desired.names.filter((name) => !movedLater(record).includes(name));
    return { id, desired: { ...desired, names }, found: await readDistribution(clients(CloudFrontClient), id) };
  },
  judge: judgeDeployment,
};
