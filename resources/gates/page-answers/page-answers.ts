import { DnsFailure } from '../../../aws/dns/query.ts';
import { isOn } from '../../../domain/failover/maintenance.ts';
import { outputOf } from '../../../domain/ledger/outputs.ts';
import type { ProbeResult } from '../../../domain/probes/probe-result.ts';
import type { Gate } from '../../gate.ts';
import type { ProbeAsk } from '../../probes/probe-edge.ts';
import { probePageAtDistribution } from '../../probes/probe-page.ts';
import { recordOf, siteOf } from '../../scope.ts';
import { judgePageAnswers } from './judge.ts';

/** How the page was seen at the distribution; undefined where viewers are to see the site. */
export type PageSight = ProbeResult | { failure: string } | undefined;

/** Opens when the maintenance page answers under every served name at the distribution, before any viewer is led there. */
export const pageAnswers: Gate<'ProbePage', PageSight, ProbeAsk> = {
  name: 'ProbePage',
  async look({ dns, probes, remaining }, scope) {
    const record = recordOf(scope);
    if (!isOn(record.item)) return undefined;
    const { domainName } = outputOf(record, 'CreateDistribution');
    try {
      return await probePageAtDistribution(
        { site: siteOf(scope), domainName, now: scope.now },
        { dns, probes, remaining },
      );
    } catch (error) {
      if (error instanceof DnsFailure) return { failure: error.message };
      throw error;
    }
  },
  judge: judgePageAnswers,
};
