import type { Host } from '../../host.ts';
import { AwsError, type Call } from '../../wire/service.ts';
import { markedForDeletion, noSuchSecret } from './errors.ts';
import type { Secret } from './secret.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const SUFFIX_CHARACTERS = 6;
const SUFFIX = /-[A-Za-z0-9]{6}$/;
const ARN = /^arn:aws:secretsmanager:([a-z0-9-]+):(\d{12}):secret:(.+)$/;

/** The secrets of the account, by region and name. */
export class SecretStore {
  readonly #host: Host;
  readonly #regions = new Map<string, Map<string, Secret>>();
  /** By region and name: until when what was deleted by force keeps its name. */
  readonly #going = new Map<string, number>();

  constructor(host: Host) {
    this.#host = host;
  }

  in(region: string): Map<string, Secret> {
    const secrets = this.#regions.get(region) ?? new Map<string, Secret>();
    this.#regions.set(region, secrets);
    for (const { name, deleted } of [...secrets.values()]) {
      if (deleted && deleted.until <= this.#host.clock.now()) secrets.delete(name);
    }
    return secrets;
  }

  /**
   * One that is named by its name, its ARN, or its ARN without the six characters at the end, unless what is left ends as if it had
   * them. Source: Secrets Manager API Reference, "GetSecretValue", `SecretId`; checked 2026-11-30.
   */
  find(id: string | undefined, region: string): Secret | undefined {
    const [, where, , named = ''] = ARN.exec(id ?? '') ?? [];
    const secrets = this.in(region);
    if (where === undefined) return secrets.get(id ?? '');
    if (where !== region) return undefined;
    const whole = [...secrets.values()].find(({ arn }) => arn === id);
    return whole ?? (SUFFIX.test(named) ? undefined : secrets.get(named));
  }

  /** Throws as AWS does for one that is absent, of another account, or scheduled for deletion. */
  get(id: string | undefined, call: Call, { evenDeleted = false } = {}): Secret {
    const [, , account] = ARN.exec(id ?? '') ?? [];
    if (account !== undefined && account !== call.account) {
      const message = `User: ${call.principal.arn} is not authorized to perform: secretsmanager:${call.operation} on resource: ${id} because no resource-based policy allows the secretsmanager:${call.operation} action`;
      throw new AwsError('AccessDeniedException', message, { status: 400 });
    }
    const found = this.find(id, call.region);
    if (!found) throw noSuchSecret();
    if (found.deleted && !evenDeleted) throw markedForDeletion();
    return found;
  }

  newArn(name: string, { region, account }: Call): string {
    const suffix = Array.from(
      { length: SUFFIX_CHARACTERS },
      () => LETTERS[Math.floor(this.#host.draws.fraction('secretsmanager:suffix') * LETTERS.length)],
    );
    return `arn:aws:secretsmanager:${region}:${account}:secret:${name}-${suffix.join('')}`;
  }

  isGoing(name: string, region: string): boolean {
    return (this.#going.get(`${region} ${name}`) ?? 0) > this.#host.clock.now().getTime();
  }

  /** Removes one for good; its name stays taken for a while. */
  remove({ name }: Secret, region: string, seconds: number): void {
    this.in(region).delete(name);
    this.#going.set(`${region} ${name}`, this.#host.clock.now().getTime() + seconds * 1000);
  }
}
