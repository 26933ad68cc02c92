import { isOn } from '../../../domain/failover/maintenance.ts';
import { settling } from '../../../domain/gates/settling.ts';
import type { Verdict } from '../../../domain/gates/verdict.ts';
import { listed } from '../../../domain/listed.ts';
import { unseenInWords } from '../../../domain/probes/probe-result.ts';
import { servedNames } from '../../../domain/sites/served-names.ts';
import type { GateScope } from '../../gate.ts';
import { recordOf, siteOf } from '../../scope.ts';
import type { Probed } from '../probe/judge.ts';

export function judgeSwitch(sight: Probed, scope: GateScope): Verdict<Record<string, never>> {
  if ('failure' in sight) return { state: 'closed', message: `Cannot look the names up now: ${sight.failure}` };
  const { findings, unseen } = sight;
  const wrong = settling(findings, 'ask for the switch again');
  if (wrong) return wrong;
  const what = isOn(recordOf(scope).item) ? 'the maintenance page' : 'the site';
  const names = listed(servedNames(siteOf(scope)));
  return {
    state: 'open',
    output: {},
    message: `${names}: DNS leads viewers to ${what}, which answers${unseenInWords(unseen)}`,
  };
}
