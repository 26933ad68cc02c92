import type { Host } from '../../host.ts';
import { AwsError } from '../../wire/service.ts';
import type { Bus, Rule } from './bus.ts';

/** The buses of every Region; each has its default bus from the start. */
export class Buses {
  readonly #host: Host;
  readonly #byArn = new Map<string, Bus>();

  constructor(host: Host) {
    this.#host = host;
  }

  of(region: string): Bus[] {
    this.default(region);
    return [...this.#byArn.values()].filter((bus) => bus.region === region);
  }

  default(region: string): Bus {
    return this.#byArn.get(this.#arn('default', region)) ?? this.create('default', { region });
  }

  create(name: string, { region, description }: { region: string; description?: string | undefined }): Bus {
    const arn = this.#arn(name, region);
    const createdAt = this.#host.clock.now();
    const bus: Bus = { name, arn, region, description, createdAt, rules: new Map(), tags: new Map() };
    this.#byArn.set(arn, bus);
    return bus;
  }

  delete(bus: Bus): void {
    this.#byArn.delete(bus.arn);
  }

  /** By name or ARN; the default bus when neither is given. */
  find(nameOrArn: string | undefined, region: string): Bus | undefined {
    if (nameOrArn === undefined || nameOrArn === 'default') return this.default(region);
    const arn = nameOrArn.startsWith('arn:') ? nameOrArn : this.#arn(nameOrArn, region);
    const [, , , ofRegion = '', , resource] = arn.split(':');
    return resource === 'event-bus/default' ? this.default(ofRegion) : this.#byArn.get(arn);
  }

  get(nameOrArn: string | undefined, region: string): Bus {
    const bus = this.find(nameOrArn, region);
    if (bus) return bus;
    throw new AwsError('ResourceNotFoundException', `Event bus ${nameOf(nameOrArn)} does not exist.`);
  }

  rule(name: string | undefined, nameOrArn: string | undefined, region: string): Rule {
    const bus = this.get(nameOrArn, region);
    const rule = bus.rules.get(name ?? '');
    if (rule) return rule;
    throw new AwsError('ResourceNotFoundException', `Rule ${name} does not exist on EventBus ${bus.name}.`);
  }

  /** The ARN a bus has or would have. */
  arnOf(nameOrArn: string | undefined, region: string): string {
    return nameOrArn?.startsWith('arn:') ? nameOrArn : this.#arn(nameOrArn ?? 'default', region);
  }

  #arn(name: string, region: string): string {
    return `arn:aws:events:${region}:${this.#host.account}:event-bus/${name}`;
  }
}

const nameOf = (nameOrArn = 'default'): string => nameOrArn.split('/').at(-1) ?? nameOrArn;

/** The ARN of a rule; a rule of the default bus doesn't name it. */
export function ruleArn({ bus, name, account }: { bus: Bus; name: string; account: string }): string {
  const path = bus.name === 'default' ? name : `${bus.name}/${name}`;
  return `arn:aws:events:${bus.region}:${account}:rule/${path}`;
}
