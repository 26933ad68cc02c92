import type { NameServer } from '../../dns/name-server.ts';
import type { Host } from '../../host.ts';
import type { Step } from './change-batch.ts';
import { ServedZone, type Surroundings } from './served-zone.ts';

/** The copy of a hosted zone on one of its name servers, where every change arrives at a time of its own. */
export class ServedCopy {
  readonly server: NameServer;
  readonly zone: ServedZone;
  readonly #host: Host;
  readonly #changed: () => void;
  readonly #underWay: (() => void)[] = [];
  #stopServing: (() => void) | undefined;

  constructor(
    host: Host,
    {
      server,
      origin,
      around,
      changed,
    }: { server: NameServer; origin: string; around: Surroundings; changed: () => void },
  ) {
    this.#host = host;
    this.#changed = changed;
    this.server = server;
    this.zone = new ServedZone(origin, around);
  }

  /** Starts serving the zone, once the news of it have arrived. */
  appear(steps: Step[], arrival: { changeId: string; min: number; max: number }): void {
    this.#arrive(arrival, () => {
      this.zone.apply(steps);
      this.#stopServing = this.server.authority.host(this.zone);
    });
  }

  change(steps: Step[], arrival: { changeId: string; min: number; max: number }): void {
    this.#arrive(arrival, () => this.zone.apply(steps));
  }

  disappear(arrival: { changeId: string; min: number; max: number }): void {
    this.#arrive(arrival, () => this.#stopServing?.());
  }

  /** Changes arrive in the order they were made: a later one that is faster brings the earlier ones along. */
  #arrive({ changeId, min, max }: { changeId: string; min: number; max: number }, act: () => void): void {
    const { clock, draws } = this.#host;
    this.#underWay.push(act);
    const seconds = draws.seconds('route53:visible', `${changeId} ${this.server.name}`, { min, max });
    clock.after(seconds * 1000, () => {
      const position = this.#underWay.indexOf(act);
      for (const arrived of this.#underWay.splice(0, position + 1)) arrived();
      this.#changed();
    });
  }
}
