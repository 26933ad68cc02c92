import { ACMClient } from '@aws-sdk/client-acm';
import { SFNClient } from '@aws-sdk/client-sfn';
import type { Context } from 'aws-lambda';
import { describeCertificate } from '../../aws/certificates/describe-certificate.ts';
import { classify } from '../../aws/classify.ts';
import { client } from '../../aws/clients.ts';
import { Resolver } from '../../aws/dns/resolver.ts';
import { storeToken } from '../../aws/ledger/task-tokens.ts';
import { completeTask } from '../../aws/workflows/complete-task.ts';
import type { Certificate } from '../../domain/certificates/certificate.ts';
import { outcomeOf } from '../../domain/certificates/outcome.ts';
import { rerequest, validationEndsAt } from '../../domain/certificates/rerequest-policy.ts';
import { whatToDo } from '../../domain/entries/entry.ts';
import { validationEntries } from '../../domain/entries/wanted.ts';
import { Failure } from '../../domain/errors.ts';
import { outputIfDone, outputOf } from '../../domain/ledger/outputs.ts';
import { isExternal } from '../../domain/sites/dns.ts';
import { requestNumber } from '../../resources/certificate/generation.ts';
import { lookAtEntries } from '../../resources/manual-record/manual-records.ts';
import { checkValidation, missingInWords } from '../../resources/validation-record/missing.ts';
import { type CertificateAvailable, certificateAvailable } from '../shared/certificates/certificate-available.ts';
import { validationPreconditions } from '../shared/certificates/validation-preconditions.ts';
import { isSlowLook } from '../shared/steps/slow-look.ts';
import { ledgerStep, type StepContext, type StepEvent } from '../shared/steps/step.ts';

interface TokenEvent extends StepEvent {
  /** Completes the task. A secret. */
  taskToken: string;
}

/** How long a token may lie in the table. The workflow comes back with a new one every half hour at most. */
const TOKEN_SECONDS = 24 * 3_600;

/**
 * Leaves the task's token for ACM's event and looks once: the token is stored first, so that an event that comes in
 * between is not lost (failures W5).
 */
const awaitCertificate = (newResolver: () => Resolver) =>
  ledgerStep<'AwaitCertificate', TokenEvent>('AwaitCertificate', async (context) => {
    const { event, item, record, ledger, now } = context;
    const { certificateArn } = outputOf(record, 'RequestCertificate');
    await storeToken(ledger, {
      certificateArn,
      token: event.taskToken,
      domain: item.domain,
      revision: item.revision,
      expiresAt: Math.floor(now.getTime() / 1000) + TOKEN_SECONDS,
    });
    const certificate = await describeCertificate(client(ACMClient), certificateArn);
    if (!certificate)
      throw new Failure(
        'Refused',
        `Cannot find the certificate "${certificateArn}": declare the site again for a new one`,
      );
    const waiting = (what: string) => withObstacles(what, newResolver(), context);
    const again = rerequest(certificate, { request: requestNumber(record), now });
    if (again) throw new Failure('Awaited', await waiting(again.message), { until: again.at });
    const outcome = outcomeOf(certificate);
    if (outcome.state === 'failed') throw outcome.failure;
    if (outcome.state === 'pending') {
      throw new Failure('NotReady', await waiting('Waiting until ACM issues the certificate'), untilWhen(certificate));
    }
    return { made: [], output: { certificateArn }, message: 'ACM has issued the certificate' };
  });

interface Dealing {
  newResolver: () => Resolver;
  context: Context;
}

/**
 * A certificate that is not issued yet is no failure here: the ledger says what is waited for, the event says when. What
 * the handler answers doesn't matter, only the token completes the task, once the ledger has the outcome: afterwards
 * nothing comes back to tell it (failures W7). What it throws fails the task: `Awaited`, that ACM is to be asked anew; `Missing`, that
 * validation records are to be written again.
 */
async function leaveToken(event: TokenEvent, { newResolver, context }: Dealing): Promise<void> {
  try {
    const output = await awaitCertificate(newResolver)(event, context);
    await completeTask(client(SFNClient), { token: event.taskToken, output });
  } catch (error) {
    if (!(error instanceof Failure && error.name === 'NotReady')) throw classify(error) ?? error;
  }
}

/**
 * Both ends of one wait: the workflow leaves its token, ACM's event picks it up. One function, because the one keeps it
 * warm for the other: between ACM's issue and the listener there is no time for a start.
 */
export const awaiting =
  (newResolver: () => Resolver) =>
  (event: TokenEvent | CertificateAvailable, context: Context): Promise<void> =>
    'taskToken' in event ? leaveToken(event, { newResolver, context }) : certificateAvailable(event, context);

export const handler = awaiting(() => new Resolver());

function untilWhen({ requestedAt }: Certificate): { until?: Date } {
  return requestedAt ? { until: validationEndsAt({ requestedAt }) } : {};
}

/**
 * What is waited for, and what stands in its way: where a person enters the validation records, which are still to be
 * entered; on a slow look, what has changed since the site was checked.
 *
 * @throws {Failure} "Missing" when records of ours have been removed and were not written again yet
 */
async function withObstacles(waiting: string, dns: Resolver, context: Waiting): Promise<string> {
  const { record } = context;
  const entries = isExternal(context.site) ? validationEntries(outputOf(record, 'RequestCertificate').records) : [];
  const [open, missing, broken] = await Promise.all([
    lookAtEntries(dns, entries),
    isSlowLook(context) ? missingRecords(context) : undefined,
    isSlowLook(context) ? validationPreconditions(context, dns) : [],
  ]);
  const toEnter = open.filter(({ seen }) => seen !== 'seen').map(whatToDo);
  const obstacles = [...toEnter, ...(missing === undefined ? [] : [missing]), ...broken];
  return obstacles.length > 0 ? `${waiting}: ${obstacles.join('. ')}` : waiting;
}

async function missingRecords(context: Waiting): Promise<string | undefined> {
  const sight = await checkValidation(context);
  const missing = missingInWords(sight);
  const writtenAgain = outputIfDone(context.record, 'WriteValidationRecords')?.writtenAgain === true;
  // Beside a record that has replaced one of ours nothing is written: that would end the operation with a conflict.
  if (missing !== undefined && sight.replaced.length === 0 && !writtenAgain) {
    throw new Failure('Missing', `${missing}. Writing it again, once`);
  }
  return missing;
}

type Waiting = Pick<StepContext, 'site' | 'record' | 'environment' | 'previous'>;
