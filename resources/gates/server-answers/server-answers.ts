import { DnsFailure } from '../../../aws/dns/query.ts';
import { originOf } from '../../../domain/origins/origin.ts';
import { fewAddresses } from '../../../domain/probes/few-addresses.ts';
import { together } from '../../../domain/probes/probe-result.ts';
import { servedNames } from '../../../domain/sites/served-names.ts';
import type { Gate } from '../../gate.ts';
import { fewAtATime } from '../../probes/few-at-a-time.ts';
import { originAddresses } from '../../probes/origin-addresses.ts';
import { type ProbeAsk, probeOrigin } from '../../probes/probe-edge.ts';
import { recordOf, siteOf } from '../../scope.ts';
import { judgeServer, type ServerSight } from './judge.ts';

/** Opens when the server answers under every name with a certificate that viewers trust. */
export const serverAnswers: Gate<'AwaitServer', ServerSight, ProbeAsk> = {
  name: 'AwaitServer',
  async look({ dns, probes: all, remaining }, scope) {
    const site = siteOf(scope);
    const { id, label } = originOf(site);
    try {
      const addresses = await originAddresses(site, recordOf(scope), dns);
      if (addresses.length === 0) return { failure: `DNS has no address for "${id}"` };
      const { few } = fewAddresses([...addresses], label);
      const probes = fewAtATime(all, { remaining });
      const spots = servedNames(site).flatMap((name) => few.map((address) => ({ address, name })));
      // The gate itself says what mends it, before what is seen now.
      const looking = { site, now: scope.now, probes, advice: '' };
      const seen = together(await Promise.all(spots.map((spot) => probeOrigin(spot, looking))));
      return { ...seen, addresses: few };
    } catch (error) {
      if (error instanceof DnsFailure) return { failure: error.message };
      throw error;
    }
  },
  judge: judgeServer,
};
