import { isOn } from '../../../domain/failover/maintenance.ts';
import type { Gate } from '../../gate.ts';
import type { ProbeAsk } from '../../probes/probe-edge.ts';
import { recordOf } from '../../scope.ts';
import { probeByName } from '../probe/probe.ts';
import { isWell, judgeSwitch, type SwitchSight } from './judge.ts';

/** How long the site is looked for before the page counts as well: longer than checkers need to see an origin that has come back. */
const SITE_FIRST_MS = 2 * 60_000;

/**
 * Opens when every name answers, as DNS leads viewers, with the maintenance page or with the site, whichever is to be seen. While the
 * origin is down the failover shows the page in the place of the site.
 */
export const switchProbe: Gate<'ProbeSwitch', SwitchSight, ProbeAsk> = {
  name: 'ProbeSwitch',
  async look(ask, scope) {
    const record = recordOf(scope);
    const probed = await probeByName(ask, { record, scope });
    if (isOn(record.item) || isWell(probed) || scope.waitedMs < SITE_FIRST_MS) return { probed };
    return { probed, asPage: await probeByName(ask, { record, scope, showsPage: true }) };
  },
  judge: judgeSwitch,
};
