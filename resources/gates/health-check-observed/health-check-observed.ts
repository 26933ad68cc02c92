import { Route53Client } from '@aws-sdk/client-route-53';
import { readObservations } from '../../../aws/health-checks/read-observations.ts';
import { movesOriginName } from '../../../domain/edges/cdn-origin.ts';
import { healthCheckOf } from '../../../domain/failover/health-check.ts';
import { outputOf } from '../../../domain/ledger/outputs.ts';
import type { Gate } from '../../gate.ts';
import { inWords } from '../../health-check/changes.ts';
import { recordOf, siteOf } from '../../scope.ts';
import { judgeObservations, type ObservationSight } from './judge.ts';

/** Opens once the checkers of Route 53 were seen to get an answer: the failover would count anything as healthy before. */
export const healthCheckObserved: Gate<'AwaitHealthCheck', ObservationSight> = {
  name: 'AwaitHealthCheck',
  async look({ clients }, scope) {
    const settings = healthCheckOf(siteOf(scope));
    if (!settings) throw new Error(`Cannot wait for the health check of "${scope.owner.domain}": the site needs none`);
    const { healthCheckId: id } = outputOf(recordOf(scope), 'CreateHealthCheck');
    const observations = await readObservations(clients(Route53Client), id);
    const moves = movesOriginName(siteOf(scope), recordOf(scope).item.live);
    return { id, url: inWords(settings), originName: settings.originName, observations, moves };
  },
  judge: judgeObservations,
};
