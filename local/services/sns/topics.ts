import type { Host } from '../../host.ts';
import { AwsError } from '../../wire/service.ts';
import type { Subscription, Topic } from './topic.ts';

/** Throws InvalidParameter for what is no ARN: "PendingConfirmation" instead of a subscription's, for one. */
export function checkArn(member: 'TopicArn' | 'SubscriptionArn', arn = ''): void {
  const elements = arn.split(':').length;
  if (elements >= 6) return;
  const message = `Invalid parameter: ${member} Reason: An ARN must have at least 6 elements, not ${elements}`;
  throw new AwsError('InvalidParameter', message);
}

/** The topics of every Region. */
export class Topics {
  readonly #host: Host;
  readonly #byArn = new Map<string, Topic>();

  constructor(host: Host) {
    this.#host = host;
  }

  arn(name: string | undefined, region: string): string {
    return `arn:aws:sns:${region}:${this.#host.account}:${name}`;
  }

  of(region: string): Topic[] {
    return [...this.#byArn.values()].filter((topic) => topic.region === region);
  }

  add(topic: Topic): void {
    this.#byArn.set(topic.arn, topic);
  }

  delete(arn: string | undefined): void {
    this.#byArn.delete(arn ?? '');
  }

  find(arn: string | undefined): Topic | undefined {
    return this.#byArn.get(arn ?? '');
  }

  get(arn: string | undefined, region: string): Topic {
    checkArn('TopicArn', arn);
    // Also one that is well formed and of another Region, which could be there.
    if (!new RegExp(`^arn:aws:sns:${region}:\\d{12}:[\\w-]+$`).test(arn ?? '')) {
      throw new AwsError('InvalidParameter', 'Invalid parameter: TopicArn');
    }
    const topic = this.find(arn);
    if (topic) return topic;
    throw new AwsError('NotFound', 'Topic does not exist');
  }

  subscription(arn: string | undefined, region: string): Subscription {
    checkArn('SubscriptionArn', arn);
    const all = this.of(region).flatMap((topic) => topic.subscriptions);
    const found = all.find((one) => one.arn === arn);
    if (found) return found;
    throw new AwsError('NotFound', 'Subscription does not exist');
  }
}
