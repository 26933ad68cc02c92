import { isOn } from '../../../domain/failover/maintenance.ts';
import { settling } from '../../../domain/gates/settling.ts';
import type { Verdict } from '../../../domain/gates/verdict.ts';
import { listed } from '../../../domain/listed.ts';
import { unseenInWords } from '../../../domain/probes/probe-result.ts';
import { servedNames } from '../../../domain/sites/served-names.ts';
import type { GateScope } from '../../gate.ts';
import { recordOf, siteOf } from '../../scope.ts';
import type { Probed } from '../probe/judge.ts';

/** How viewers were seen to be led; `asPage` where that is not to what they are to see, and may be to the page instead. */
export interface SwitchSight {
  probed: Probed;
  asPage?: Probed;
}

export function isWell(probed: Probed): boolean {
  return !('failure' in probed) && probed.findings.length === 0;
}

export function judgeSwitch({ probed, asPage }: SwitchSight, scope: GateScope): Verdict<Record<string, never>> {
  if ('failure' in probed) return { state: 'closed', message: `Cannot look the names up now: ${probed.failure}` };
  const { findings, unseen } = probed;
  if (asPage && isWell(asPage)) {
    const list = [...new Set(findings.map(({ message }) => message))].join('; ');
    const message = `The origin is down, and the failover shows viewers the maintenance page until it is back: ${list}`;
    return { state: 'open', output: {}, message };
  }
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
