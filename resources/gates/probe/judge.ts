import { baseUrl } from '../../../domain/edges/edge.ts';
import { settling } from '../../../domain/gates/settling.ts';
import type { Verdict } from '../../../domain/gates/verdict.ts';
import type { StepOutputs } from '../../../domain/ledger/outputs.ts';
import { listed } from '../../../domain/listed.ts';
import type { EdgeRemoval } from '../../../domain/load-balancers/edge-removals.ts';
import type { InsistingName } from '../../../domain/probes/max-age.ts';
import { type ProbeResult, unseenInWords } from '../../../domain/probes/probe-result.ts';
import { servedNames } from '../../../domain/sites/served-names.ts';
import { judgeBeforeProbe } from '../../edge-removals/judge.ts';
import type { GateScope } from '../../gate.ts';
import { siteOf } from '../../scope.ts';

/** What came of the probes, or why DNS could not be asked. */
export type Probed = ProbeResult | { failure: string };

/** How the site was seen by its names. */
export interface SiteSight {
  /** What of the edge another tool has removed: it is looked at before the names are probed. */
  removals: readonly EdgeRemoval[];
  /** The names that CloudFront takes now that their records have moved. */
  pointedFirst?: readonly string[];
  probed?: Probed;
  /** The names that sent Strict-Transport-Security. */
  insists?: readonly InsistingName[];
}

export function judgeSite(
  { removals, pointedFirst = [], probed, insists = [] }: SiteSight,
  scope: GateScope,
): Verdict<StepOutputs['ProbeSite']> {
  const site = siteOf(scope);
  if (pointedFirst.length > 0) {
    const message = `The records lead ${listed(pointedFirst)} to the distribution of the site by now. Adding what CloudFront refused it before`;
    return { state: 'redo', message };
  }
  const removed = judgeBeforeProbe(removals, scope);
  if (removed.first) return removed.first;
  if (probed && 'failure' in probed)
    return { state: 'closed', message: `Cannot look the names up now: ${probed.failure}` };
  const { findings = [], unseen = [] } = probed ?? {};
  const wrong = settling([...removed.findings, ...findings]);
  if (wrong) return wrong;
  const names = servedNames(site);
  const list = names.map((name) => baseUrl(site, name)).join(', ');
  const answers = `${list} ${names.length === 1 ? 'answers' : 'answer'} by name`;
  const message = unseen.length === 0 ? answers : `DNS leads viewers of ${list} to the site${unseenInWords(unseen)}`;
  return { state: 'open', output: insists.length > 0 ? { insists: [...insists] } : {}, message };
}
