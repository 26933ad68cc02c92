import type { Verdict } from '../../../domain/gates/verdict.ts';
import { outputIfDone } from '../../../domain/ledger/outputs.ts';
import { listed } from '../../../domain/listed.ts';
import { originOf } from '../../../domain/origins/origin.ts';
import { certificateAdvice } from '../../../domain/probes/origin-advice.ts';
import { type ProbeResult, unseenInWords } from '../../../domain/probes/probe-result.ts';
import { servedNames } from '../../../domain/sites/served-names.ts';
import type { GateScope } from '../../gate.ts';
import { recordOf, siteOf } from '../../scope.ts';

/** What was seen of the server at its addresses, or why its name could not be looked up. */
export type ServerSight = (ProbeResult & { addresses: readonly string[] }) | { failure: string };

/** A person sets the server up: the gate waits for as long as its state does, and says what is still wrong. */
export function judgeServer(sight: ServerSight, scope: GateScope): Verdict<Record<string, never>> {
  const site = siteOf(scope);
  const { label } = originOf(site);
  const names = listed(servedNames(site).map((name) => `"${name}"`));
  const waiting = `Waiting until ${label} serves its certificate for ${names}`;
  if ('failure' in sight) return { state: 'closed', message: `${waiting}: ${sight.failure}` };
  const [first] = sight.findings;
  if (!first) {
    const subject = `T${label.slice(1)}`;
    const isSeen = sight.addresses.some((address) => sight.unseen.every((each) => each.address !== address));
    const found = isSeen ? `${subject} serves a certificate for ${names}` : `${subject} is taken to serve ${names}`;
    const message = `${found}${unseenInWords(sight.unseen)}`;
    return { state: 'open', output: {}, message };
  }
  const { certificateArn } = outputIfDone(recordOf(scope), 'RequestCertificate') ?? {};
  return { state: 'closed', message: `${waiting}${certificateAdvice(site, certificateArn)}. Now: ${first.message}` };
}
