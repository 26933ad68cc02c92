import type { Resolver } from '../../../aws/dns/resolver.ts';
import type { lookAtOrigin } from '../../../aws/origins/look-at-origin.ts';
import { outputIfDone } from '../../../domain/ledger/outputs.ts';
import { originQuestion } from '../../../domain/probes/origin-question.ts';
import { originNameOf } from '../../../domain/sites/cdn.ts';
import type { Gate } from '../../gate.ts';
import { phaseOf } from '../../record/phase.ts';
import { recordOf, siteOf } from '../../scope.ts';
import { judgeOriginReady, type OriginSight } from './judge.ts';

interface OriginAsk {
  dns: Resolver;
  /** How an origin is looked at; a test puts its own in place. */
  lookAtOrigin: typeof lookAtOrigin;
  /** Milliseconds until the look has to end. */
  remaining: () => number;
}

/**
 * Opens when the origin shows its client a certificate that it accepts: for CloudFront, at the addresses of the origin name and under
 * the names that the distribution sends. It is looked at from here, and not through the client, which says no more than 502.
 */
export const originReady: Gate<'CheckOrigin', OriginSight, OriginAsk> = {
  name: 'CheckOrigin',
  async look({ dns, lookAtOrigin: look, remaining }, scope) {
    const site = siteOf(scope);
    const balancerName = outputIfDone(recordOf(scope), 'AddListenerCertificate')?.dnsName;
    const originName = originNameOf(site);
    const elsewhere = originName !== undefined && phaseOf(originName, scope) === 'shift';
    const asked = originQuestion(site, { balancerName, elsewhere });
    return asked && look(asked, { dns, remaining });
  },
  judge: judgeOriginReady,
};
