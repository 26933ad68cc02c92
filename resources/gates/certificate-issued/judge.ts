import type { Certificate } from '../../../domain/certificates/certificate.ts';
import { missingInWords, type ValidationCheck } from '../../../domain/certificates/missing-validation.ts';
import { outcomeOf } from '../../../domain/certificates/outcome.ts';
import type { CertificatePlace } from '../../../domain/certificates/place.ts';
import { rerequest, validationEndsAt } from '../../../domain/certificates/rerequest-policy.ts';
import { type SeenEntry, whatToDo } from '../../../domain/entries/entry.ts';
import type { Closed, Failed, Redo, Verdict } from '../../../domain/gates/verdict.ts';
import { outputIfDone } from '../../../domain/ledger/outputs.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import type { SeenCaa } from '../../../domain/preflight/authorization-findings.ts';
import { type DelegationView, isDelegated, judgeDelegation } from '../../../domain/zones/delegation.ts';
import { requestNumber } from '../../certificate/generation.ts';
import type { GateScope } from '../../gate.ts';
import { recordOf } from '../../scope.ts';
import { forbiddenIn } from '../authorization/judge.ts';

/** What may keep ACM from issuing. */
export interface Obstacles {
  /** The validation records that a person enters. */
  entries: readonly SeenEntry[];
  /** What has changed since the site was checked, once the step has waited. */
  validation?: ValidationCheck;
  delegations?: readonly DelegationView[];
  caa?: readonly SeenCaa[];
}

/** How the certificate was seen; its obstacles while it is not issued. */
export interface CertificateSight {
  place: CertificatePlace;
  certificateArn: string;
  /** Undefined where ACM does not know it. */
  certificate: Certificate | undefined;
  obstacles?: Obstacles;
}

export function judgeCertificate(
  { place, certificateArn, certificate, obstacles }: CertificateSight,
  scope: GateScope,
): Verdict<{ certificateArn: string }> {
  const record = recordOf(scope);
  const request = judgeRequest({ place, certificateArn, certificate }, { record, now: scope.now });
  if (!request)
    return {
      state: 'open',
      output: { certificateArn },
      message: `${certificate?.type === 'IMPORTED' ? 'ACM has' : 'ACM has issued'} the ${place.type}`,
    };
  if (request.state === 'failed' || !obstacles) return request;
  const { entries, validation = NOTHING_MISSING, delegations = [], caa = [] } = obstacles;
  const missing = missingInWords(validation);
  const writtenAgain = outputIfDone(record, place.write)?.writtenAgain === true;
  // Beside a record that has replaced one of ours nothing is written: that would end the operation with a conflict.
  if (missing !== undefined && validation.replaced.length === 0 && !writtenAgain) {
    return { state: 'redo', message: `${missing}. Writing it again, once` };
  }
  const toEnter = entries.filter(({ seen }) => seen !== 'seen').map(whatToDo);
  const broken = [...delegations.flatMap(brokenDelegation), ...forbiddenIn(caa)];
  const why = [...toEnter, ...(missing === undefined ? [] : [missing]), ...new Set(broken)];
  return why.length > 0 ? { ...request, message: `${request.message}: ${why.join('. ')}` } : request;
}

const NOTHING_MISSING: ValidationCheck = { gone: [], replaced: [] };

/** What the certificate itself says: undefined once it is issued. */
export function judgeRequest(
  { place, certificateArn, certificate }: CertificateSight,
  { record, now }: { record: SiteRecord; now: Date },
): Closed | Redo | Failed | undefined {
  if (!certificate) {
    const isNamed = place.named(record.item.site) === certificateArn;
    const next = isNamed
      ? 'the document names it: declare the site with another one'
      : 'declare the site again for a new one';
    const message = `Cannot find the ${place.type} "${certificateArn}": ${next}`;
    return { state: 'failed', name: 'Refused', message };
  }
  const again = rerequest(certificate, { request: requestNumber(record, place), now });
  if (again) return { state: 'redo', message: again.message, at: again.at };
  const outcome = outcomeOf(certificate);
  if (outcome.state === 'failed') return outcome;
  if (outcome.state === 'issued') return undefined;
  const { requestedAt } = certificate;
  const message = `Waiting until ACM issues the ${place.type}`;
  return { state: 'closed', message, ...(requestedAt && { until: validationEndsAt({ requestedAt }) }) };
}

/** What cannot be asked now is left out: the next look asks again. */
function brokenDelegation(view: DelegationView): string[] {
  const delegation = judgeDelegation(view);
  return isDelegated(delegation) || delegation.verdict === 'could-not-check' ? [] : [delegation.message];
}
