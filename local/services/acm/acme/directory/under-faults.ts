import type { Activity } from '../../../../clock/activity.ts';
import { isMutating } from '../../../../wire/calls.ts';
import type { FaultRule } from '../../../../wire/faults.ts';
import { NoAnswer } from '../../../../wire/no-answer.ts';
import type { Acme } from '../acme.ts';
import type { AcmeEndpoint } from '../endpoint.ts';
import type { ProtocolOperation } from '../quotas.ts';
import type { Answer } from './exchange.ts';
import { Problem } from './problem.ts';

/** The service as faults and the log of calls name it; its operations are named as CloudTrail has them. */
const SERVICE = 'acm-acme';

/** An ACME client shows no AWS credentials. */
const ANONYMOUS = { arn: 'anonymous' };

/** How long a slow or timed-out request takes where the fault does not say, in seconds of AWS time. */
const DEFAULT_SECONDS = 60;

interface Asked {
  acme: Acme;
  endpoint: AcmeEndpoint;
  operation: ProtocolOperation;
  work: Activity;
}

/** The answer of an operation, as the faults that are set have it. Throws a Problem, or NoAnswer; logs the request either way. */
export async function underFaults(asked: Asked, answer: () => Answer | Promise<Answer>): Promise<Answer> {
  const { acme, endpoint, operation } = asked;
  const { clock } = acme.acm.host;
  const at = clock.now();
  const fault = acme.around.wire?.faults.strike({ service: SERVICE, operation, principal: ANONYMOUS }, at);
  let error: string | undefined;
  try {
    if (fault?.kind === 'slow') await asked.work.wait((fault.seconds ?? DEFAULT_SECONDS) * 1000);
    if (fault?.kind === 'throttle') throw new Problem('rateLimited', 'A fault was set for this request');
    if (fault?.kind.endsWith('-before')) throw struck(fault);
    const given = await answer();
    if (fault?.kind.endsWith('-after')) throw struck(fault);
    return given;
  } catch (thrown) {
    error = codeOf(thrown);
    throw thrown;
  } finally {
    acme.around.wire?.calls.add({
      at,
      service: SERVICE,
      operation,
      principal: ANONYMOUS.arn,
      region: endpoint.region,
      mutating: isMutating(operation),
      ...(error === undefined ? {} : { error }),
      ms: clock.now().getTime() - at.getTime(),
    });
  }
}

/** What the log of calls has for it; what is neither a Problem nor NoAnswer is answered with "serverInternal". */
function codeOf(thrown: unknown): string {
  if (thrown instanceof NoAnswer) return 'NoAnswer';
  return thrown instanceof Problem ? thrown.type : 'serverInternal';
}

function struck({ kind, seconds = DEFAULT_SECONDS }: FaultRule): Error {
  if (kind.startsWith('error')) return new Problem('serverInternal', 'A fault was set for this request');
  return new NoAnswer(ANONYMOUS, { seconds: kind.startsWith('timeout') ? seconds : 0 });
}
