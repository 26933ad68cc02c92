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
  if (findings.length > 0) {
    const list = [...new Set(findings.map(({ message }) => message))].join('; ');
    return {
      state: 'ailing',
      message: `Waiting until this settles: ${list}`,
      failure: `The maintenance page is not ready: ${list}. Mend it, then ask for the switch again`,
    };
  }
  const names = listed(servedNames(siteOf(scope)));
  return { state: 'open', output: {}, message: `The maintenance page answers under ${names}${unseenInWords(unseen)}` };
}
