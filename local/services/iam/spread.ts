import type { Host } from '../../host.ts';
import { isMutating } from '../../wire/calls.ts';
import type { Operation } from '../../wire/service.ts';
import type { IamStore, Role } from './store.ts';

/**
 * How long a change of a role is not judged by yet, in seconds of AWS time. Source: IAM User Guide, "Changes that I make are
 * not always immediately visible", which gives no figure; public logs say seconds, and clients wait two minutes; checked
 * 2026-11-29.
 */
const SPREAD = { min: 2, max: 30 };

interface Before {
  until: number;
  role: Role | undefined;
}

/**
 * What STS and the services judge by. A share of the changes of a role takes some seconds to reach them: until then its trust
 * policy and its permissions are as before. IAM's own reads show a change at once. CloudFormation waits for its changes.
 */
export class Spread {
  readonly #host: Host;
  readonly #store: IamStore;
  /** By the role's name in lower case. */
  readonly #before = new Map<string, Before>();

  constructor(host: Host, store: IamStore) {
    this.#host = host;
    this.#store = store;
  }

  /** The operations, whose changes spread. */
  // biome-ignore lint/suspicious/noExplicitAny: each operation is typed where it is written
  over(operations: Record<string, Operation<any, any>>): Record<string, Operation<any, any>> {
    const spreading = Object.entries(operations).map(([name, operation]) => {
      if (!isMutating(name)) return [name, operation];
      const run: typeof operation.run = (input, call) => {
        const before = call.principal.service === undefined ? this.#now(input.RoleName) : undefined;
        const answer = operation.run(input, call);
        if (before) this.#before.set(before.key, before);
        return answer;
      };
      return [name, { ...operation, run }];
    });
    return Object.fromEntries(spreading);
  }

  /** The role of that name as STS and the services know it. */
  seen(name: string): Role | undefined {
    const key = name.toLowerCase();
    const before = this.#before.get(key);
    return before && before.until > this.#time() ? before.role : this.#store.roles.get(key);
  }

  #now(name: string | undefined): (Before & { key: string }) | undefined {
    const { draws, lagShare = 0 } = this.#host;
    if (name === undefined || lagShare === 0 || draws.fraction('iam:spread') >= lagShare) return undefined;
    const until = this.#time() + 1000 * draws.seconds('iam:spread', name, SPREAD);
    return { key: name.toLowerCase(), until, role: structuredClone(this.seen(name)) };
  }

  #time(): number {
    return this.#host.clock.now().getTime();
  }
}
