import type { Gate } from '../../gate.ts';
import type { ProbeAsk } from '../../probes/probe-edge.ts';
import { recordOf } from '../../scope.ts';
import type { Probed } from '../probe/judge.ts';
import { probeByName } from '../probe/probe.ts';
import { judgeSwitch } from './judge.ts';

/** Opens when every name answers, as DNS leads viewers, with the maintenance page or with the site, whichever is to be seen. */
export const switchProbe: Gate<'ProbeSwitch', Probed, ProbeAsk> = {
  name: 'ProbeSwitch',
  look: (ask, scope) => probeByName(ask, { record: recordOf(scope), scope }),
  judge: judgeSwitch,
};
