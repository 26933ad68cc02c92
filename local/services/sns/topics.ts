import type { Host } from '../../host.ts';
import { AwsError } from '../../wire/service.ts';
import type { Subscription, Topic } from './topic.ts';

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
    if (!arn || !/^arn:aws:sns:[\w-]+:\d{12}:[\w-]+$/.test(arn)) {
      throw new AwsError('InvalidParameter', 'Invalid parameter: TopicArn');
    }
    const topic = this.find(arn);
    if (topic?.region === region) return topic;
    throw new AwsError('NotFound', 'Topic does not exist');
  }

  subscription(arn: string | undefined, region: string): Subscription {
    const all = this.of(region).flatMap((topic) => topic.subscriptions);
    const found = all.find((one) => one.arn === arn);
    if (found) return found;
    throw new AwsError('NotFound', 'Subscription does not exist');
  }
}
