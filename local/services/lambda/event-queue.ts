import { Activity } from '../../clock/activity.ts';
import type { Host } from '../../host.ts';
import { AwsError, type Dispatch } from '../../wire/service.ts';
import { tellDestination } from './destinations.ts';
import { triesOf } from './event-invoke-config.ts';
import type { LambdaFunction } from './function.ts';
import type { Invoked, Invoker } from './invoker.ts';

/**
 * Waits between attempts after the function failed, and how waits grow while it is throttled, in ms.
 * Source: Lambda Developer Guide, "How Lambda handles errors and retries with asynchronous invocation"; checked 2026-11-22.
 */
const retryAfterMs = [60_000, 120_000];
const throttledAfterMs = { first: 1_000, longest: 300_000 };

interface Queued {
  lambda: LambdaFunction;
  requestId: string;
  event: string;
  queuedAt: number;
  /** Attempts that ran and failed. */
  failures: number;
  throttles: number;
}

/** Lambda's own queue of asynchronous invocations: two retries, six hours, then the destination. */
export class EventQueue {
  readonly #host: Host;
  readonly #invoker: Invoker;
  readonly #dispatch: Dispatch;
  readonly #exists: (lambda: LambdaFunction) => boolean;
  readonly #note: (lambda: LambdaFunction, message: string) => void;

  constructor(
    host: Host,
    parts: {
      invoker: Invoker;
      dispatch: Dispatch;
      /** False once a function was deleted: what waits for it is dropped. */
      exists: (lambda: LambdaFunction) => boolean;
      /** Hears of what could not be delivered. */
      note: (lambda: LambdaFunction, message: string) => void;
    },
  ) {
    this.#host = host;
    this.#invoker = parts.invoker;
    this.#dispatch = parts.dispatch;
    this.#exists = parts.exists;
    this.#note = parts.note;
  }

  /** Takes an event and returns; the function runs afterwards. */
  add(lambda: LambdaFunction, { requestId, event }: { requestId: string; event: string }): void {
    const queuedAt = this.#host.clock.now().getTime();
    this.#start({ lambda, requestId, event, queuedAt, failures: 0, throttles: 0 });
  }

  #start(queued: Queued): void {
    const work = new Activity(this.#host.clock);
    void this.#attempt(queued, work).finally(() => work.end());
  }

  async #attempt(queued: Queued, work: Activity): Promise<void> {
    const { lambda, requestId, event } = queued;
    if (!this.#exists(lambda)) return;
    let invoked: Invoked;
    try {
      invoked = await work.pause(this.#invoker.run(lambda, { requestId, event }));
    } catch (error) {
      // Throttled, or the role is gone: the event goes back to the queue.
      if (!(error instanceof AwsError)) throw error;
      queued.throttles++;
      const { first, longest } = throttledAfterMs;
      const waitMs = Math.min(first * 2 ** (queued.throttles - 1), longest);
      return await this.#again(queued, { waitMs, failed: undefined });
    }
    if ('payload' in invoked.outcome) return await this.#end(queued, { condition: 'Success', invoked });
    const { maxRetryAttempts } = triesOf(lambda);
    const waitMs = retryAfterMs[queued.failures];
    queued.failures++;
    if (queued.failures > maxRetryAttempts || waitMs === undefined)
      return await this.#end(queued, { condition: 'RetriesExhausted', invoked });
    await this.#again(queued, { waitMs, failed: invoked });
  }

  async #again(queued: Queued, { waitMs, failed }: { waitMs: number; failed: Invoked | undefined }): Promise<void> {
    const { maxEventAgeSeconds } = triesOf(queued.lambda);
    const ageMs = this.#host.clock.now().getTime() + waitMs - queued.queuedAt;
    if (ageMs > maxEventAgeSeconds * 1000)
      return await this.#end(queued, { condition: 'EventAgeExceeded', invoked: failed });
    this.#host.clock.after(waitMs, () => this.#start(queued));
  }

  async #end(
    { lambda, requestId, event, failures }: Queued,
    {
      condition,
      invoked,
    }: { condition: 'Success' | 'RetriesExhausted' | 'EventAgeExceeded'; invoked: Invoked | undefined },
  ): Promise<void> {
    const { onSuccess, onFailure } = lambda.eventInvokeConfig ?? {};
    const destination = condition === 'Success' ? onSuccess : onFailure;
    const { deadLetterArn } = lambda.settings;
    const outcome = invoked?.outcome;
    const record = {
      version: '1.0' as const,
      timestamp: this.#host.clock.now().toISOString(),
      requestContext: {
        requestId,
        functionArn: `${lambda.arn}:$LATEST`,
        condition,
        approximateInvokeCount: failures + (condition === 'Success' ? 1 : 0),
      },
      requestPayload: JSON.parse(event) as unknown,
      responseContext: {
        statusCode: 200,
        executedVersion: '$LATEST',
        ...(condition !== 'Success' && { functionError: 'Unhandled' }),
      },
      responsePayload:
        outcome && 'payload' in outcome ? (JSON.parse(outcome.payload) as unknown) : (outcome?.error ?? null),
    };
    if (destination) await this.#tell(lambda, destination, record);
    if (condition !== 'Success' && deadLetterArn)
      await this.#tell(lambda, deadLetterArn, record.requestPayload as object);
  }

  async #tell(lambda: LambdaFunction, destination: string, record: object): Promise<void> {
    try {
      await tellDestination(this.#dispatch, lambda, { destination, record });
    } catch (error) {
      // As on AWS nobody is told but the metrics; here the function's log says it too.
      if (!(error instanceof AwsError)) throw error;
      this.#note(lambda, `Cannot tell ${destination}: ${error.code}: ${error.message}\n`);
    }
  }
}
