import type { Host } from '../../host.ts';
import { isMutating } from '../../wire/calls.ts';
import type { Operation } from '../../wire/service.ts';
import type { IamStore, InstanceProfile, Role } from './store.ts';

/**
 * How long a change of a role or an instance profile is not judged by yet, in seconds of AWS time. Source: IAM User Guide, "Changes that I make are
 * not always immediately visible", which gives no figure; public logs say seconds, and clients wait two minutes; checked
 * 2026-11-29.
 */
const SPREAD = { min: 2, max: 30 };

interface Before {
  until: number;
  was: Role | InstanceProfile | undefined;
}

/** What changes spread of. */
interface Spreading {
  roles: Role;
  profiles: InstanceProfile;
}

/**
 * What STS and the services judge by. A share of the changes of a role takes some seconds to reach them: until then its trust
 * policy and its permissions are as before. An instance profile is likewise not there yet, or without its role. IAM's own reads show a change at once. CloudFormation waits for its changes.
 */
export class Spread {
  readonly #host: Host;
  readonly #store: IamStore;
  /** By kind and by name in lower case. */
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
        const before = call.principal.service === undefined ? this.#now(input) : undefined;
        const answer = operation.run(input, call);
        if (before) this.#before.set(before.key, before);
        return answer;
      };
      return [name, { ...operation, run }];
    });
    return Object.fromEntries(spreading);
  }

  /** The role or profile of that name as STS and the services know it. */
  seen<Kind extends keyof Spreading>(kind: Kind, name: string): Spreading[Kind] | undefined {
    const before = this.#before.get(keyOf(kind, name));
    const seen = before && before.until > this.#time() ? before.was : this.#store[kind].get(name.toLowerCase());
    return seen as Spreading[Kind] | undefined;
  }

  #now({ InstanceProfileName, RoleName }: { InstanceProfileName?: string; RoleName?: string }) {
    const { draws, lagShare = 0 } = this.#host;
    const kind = InstanceProfileName === undefined ? 'roles' : 'profiles';
    const name = InstanceProfileName ?? RoleName;
    if (name === undefined || lagShare === 0 || draws.fraction('iam:spread') >= lagShare) return undefined;
    const until = this.#time() + 1000 * draws.seconds('iam:spread', name, SPREAD);
    return { key: keyOf(kind, name), until, was: structuredClone(this.seen(kind, name)) };
  }

  #time(): number {
    return this.#host.clock.now().getTime();
  }
}

const keyOf = (kind: keyof Spreading, name: string): string => `${kind} ${name.toLowerCase()}`;
