import { settling } from '../../../domain/gates/settling.ts';
import type { Verdict } from '../../../domain/gates/verdict.ts';
import { listed } from '../../../domain/listed.ts';
import { type ProbeResult, unseenInWords } from '../../../domain/probes/probe-result.ts';
import { servedNames } from '../../../domain/sites/served-names.ts';
import type { GateScope } from '../../gate.ts';
import { siteOf } from '../../scope.ts';

export function judgePageAnswers(
  sight: ProbeResult | { failure: string } | undefined,
  scope: GateScope,
): Verdict<Record<string, never>> {
  if (!sight)
    return { state: 'open', output: {}, message: 'Viewers are led to the site: the maintenance page is not asked for' };
  if ('failure' in sight) return { state: 'closed', message: `Cannot look the distribution up now: ${sight.failure}` };
  const { findings, unseen } = sight;
  const wrong = settling(findings, 'ask for the switch again');
  if (wrong) return wrong;
  const names = listed(servedNames(siteOf(scope)));
  return { state: 'open', output: {}, message: `The maintenance page answers under ${names}${unseenInWords(unseen)}` };
}
