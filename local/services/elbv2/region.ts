import type { Listener } from './listeners/listener.ts';
import type { LoadBalancer } from './load-balancers/load-balancer.ts';
import type { Rule } from './rules/rule.ts';
import { Tags } from './tags/tag-set.ts';
import type { TargetGroup } from './target-groups/target-group.ts';

/** What an account has in one region, each kind by ARN. */
export class Region {
  readonly name: string;
  readonly loadBalancers = new Map<string, LoadBalancer>();
  readonly targetGroups = new Map<string, TargetGroup>();
  readonly listeners = new Map<string, Listener>();
  readonly tags = new Tags();

  constructor(name: string) {
    this.name = name;
  }

  /** The rule of that ARN, with the listener that it is of. */
  rule(arn: string): { rule: Rule; listener: Listener } | undefined {
    for (const listener of this.listeners.values()) {
      const rule = listener.rules.find((other) => other.arn === arn);
      if (rule) return { rule, listener };
    }
    return undefined;
  }
}
