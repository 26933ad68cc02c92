import type { Host } from '../../host.ts';
import type { Dispatch } from '../../wire/service.ts';
import { isTransient } from '../transient-error.ts';
import type { Outbox } from './outbox.ts';
import type { Published, Subscription } from './topic.ts';

/** From publishing to a subscriber, in seconds; SNS promises none, 30 ms is usual. */
const LATENCY = { min: 0.01, max: 0.05 };

// Source: SNS Developer Guide, "Message delivery retries", AWS managed endpoints; checked 2026-11-22.
const AT_ONCE = 3;
const BEFORE_BACKOFF = 5;
const BACKOFF_SECONDS = 20;
const LAST_TRY_SECONDS = 23 * 86_400;

export const SENDER = 'AWS Notifications <no-reply@sns.amazonaws.com>';

/** Brings messages to those who subscribed. */
export class Delivering {
  readonly #host: Host;
  readonly #dispatch: Dispatch;
  readonly #outbox: Outbox;

  constructor(host: Host, { dispatch, outbox }: { dispatch: Dispatch; outbox: Outbox }) {
    this.#host = host;
    this.#dispatch = dispatch;
    this.#outbox = outbox;
  }

  /** Sends a message on to every confirmed subscription of its topic. Returns at once. */
  send(message: Published, subscriptions: Subscription[]): void {
    const { clock, draws } = this.#host;
    for (const subscription of subscriptions) {
      if (subscription.token !== undefined || subscription.filter?.passes(message) === false) continue;
      clock.after(draws.seconds('sns:latency', message.topicArn, LATENCY) * 1000, () =>
        subscription.protocol === 'lambda'
          ? this.#invoke(subscription, message, { failed: 0, since: clock.now().getTime() })
          : this.#mail(subscription, message),
      );
    }
  }

  #mail({ protocol, endpoint, topic }: Subscription, message: Published): void {
    const text = textFor(protocol, message);
    this.#outbox.send({
      at: this.#host.clock.now(),
      from: SENDER,
      to: endpoint,
      subject: message.subject ?? (topic.attributes.get('DisplayName') || 'AWS Notification Message'),
      text: protocol === 'email' ? text : JSON.stringify(notification(message, text)),
    });
  }

  async #invoke(
    subscription: Subscription,
    message: Published,
    tries: { failed: number; since: number },
  ): Promise<void> {
    const { clock } = this.#host;
    const { topic, endpoint: FunctionName, arn: EventSubscriptionArn } = subscription;
    const Sns = notification(message, textFor('lambda', message));
    const event = { Records: [{ EventSource: 'aws:sns', EventVersion: '1.0', EventSubscriptionArn, Sns }] };
    try {
      await this.#dispatch({
        service: 'lambda',
        operation: 'Invoke',
        input: { FunctionName, InvocationType: 'Event', Payload: Buffer.from(JSON.stringify(event)) },
        principal: { arn: topic.arn, service: 'sns.amazonaws.com', sourceArn: topic.arn },
        region: FunctionName.split(':')[3] || topic.region,
      });
    } catch (error) {
      if (!isAnswer(error)) throw error;
      const wait = waitAfter(tries.failed + 1);
      const spent = (clock.now().getTime() - tries.since) / 1000;
      if (!isTransient(error) || spent + wait > LAST_TRY_SECONDS) return;
      clock.after(wait * 1000, () => this.#invoke(subscription, message, { ...tries, failed: tries.failed + 1 }));
    }
  }
}

const isAnswer = (error: unknown): boolean => typeof (error as { code?: unknown }).code === 'string';

function waitAfter(failed: number): number {
  if (failed < AT_ONCE) return 0;
  return failed < BEFORE_BACKOFF ? 1 : Math.min(2 ** (failed - BEFORE_BACKOFF), BACKOFF_SECONDS);
}

const textFor = (protocol: string, { texts }: Published): string => texts[protocol] ?? texts['default'] ?? '';

const notification = ({ at, messageId, topicArn, subject, attributes }: Published, text: string): object => ({
  Type: 'Notification',
  MessageId: messageId,
  TopicArn: topicArn,
  Subject: subject ?? null,
  Message: text,
  Timestamp: at.toISOString(),
  MessageAttributes: Object.fromEntries(
    Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      { Type: DataType, Value: StringValue ?? Buffer.from(BinaryValue ?? []).toString('base64') },
    ]),
  ),
});
