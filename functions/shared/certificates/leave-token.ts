import { SFNClient } from '@aws-sdk/client-sfn';
import type { Context } from 'aws-lambda';
import { classify } from '../../../aws/classify.ts';
import { client } from '../../../aws/clients.ts';
import type { Resolver } from '../../../aws/dns/resolver.ts';
import { storeToken } from '../../../aws/ledger/task-tokens.ts';
import { completeTask } from '../../../aws/workflows/complete-task.ts';
import type { CertificatePlace } from '../../../domain/certificates/place.ts';
import { Failure } from '../../../domain/errors.ts';
import { outputOf } from '../../../domain/ledger/outputs.ts';
import { certificateIssued } from '../../../resources/gates/certificate-issued/certificate-issued.ts';
import { gateStep } from '../steps/gate-step.ts';
import type { StepContext, StepEvent } from '../steps/step.ts';

export interface TokenEvent extends StepEvent {
  /** Completes the task. A secret. */
  taskToken: string;
}

/** How long a token may lie in the table. The workflow comes back with a new one every half hour at most. */
const TOKEN_SECONDS = 24 * 3_600;

/** Leaves the task's token for ACM's event before it looks, so that an event in between is not lost (failures W5). */
const awaitCertificate = (place: CertificatePlace, newResolver: () => Resolver) =>
  gateStep(certificateIssued(place), () => ({ dns: newResolver() }), {
    before: async ({ event, item, record, ledger, now }: StepContext<TokenEvent>) =>
      storeToken(ledger, {
        certificateArn: outputOf(record, place.request).certificateArn,
        step: place.wait,
        token: event.taskToken,
        domain: item.domain,
        revision: item.revision,
        expiresAt: Math.floor(now.getTime() / 1000) + TOKEN_SECONDS,
      }),
  });

/**
 * A certificate that is not issued yet is no failure here: the ledger says what is waited for, the event says when. What
 * the handler answers doesn't matter, only the token completes the task, once the ledger has the outcome: afterwards
 * nothing comes back to tell it (failures W7). What it throws fails the task: `Awaited`, that ACM is to be asked anew; `Missing`, that
 * validation records are to be written again.
 */
export const leaveToken =
  (place: CertificatePlace, newResolver: () => Resolver) =>
  async (event: TokenEvent, context: Context): Promise<void> => {
    try {
      const output = await awaitCertificate(place, newResolver)(event, context);
      await completeTask(client(SFNClient), { token: event.taskToken, output });
    } catch (error) {
      if (!(error instanceof Failure && error.name === 'NotReady')) throw classify(error) ?? error;
    }
  };
