import type { Draws } from '../../../draws/draws.ts';
import type { ServiceEvent } from '../../../host.ts';

/** What befalls the next events of a service that it fits, for tests. */
export interface EventFault {
  kind: 'lose' | 'double' | 'late';
  /** "aws.acm". Default: any. */
  source?: string;
  detailType?: string;
  /** How many events it befalls. Default 1. */
  times?: number;
  /** How late the late event, or the double's second copy, comes. Default 60. */
  seconds?: number;
}

/** The second copy of an event that is doubled by chance comes so many seconds after the first. */
const SECOND_COPY = { min: 0.2, max: 30 };

/** Decides what becomes of services' own events: brought once, twice, late or never. */
export class Fates {
  readonly #draws: Draws;
  readonly #doubledShare: number;
  #faults: (EventFault & { times: number; seconds: number })[] = [];

  constructor(draws: Draws, doubledShare: number) {
    this.#draws = draws;
    this.#doubledShare = doubledShare;
  }

  /** Lets a fault befall the next events that fit. */
  add({ times = 1, seconds = 60, ...fault }: EventFault): void {
    this.#faults.push({ ...fault, times, seconds });
  }

  clear(): void {
    this.#faults = [];
  }

  /** Seconds after which each copy of the event is put on its bus: `[]` is a lost event. */
  of(event: ServiceEvent): number[] {
    const fault = this.#faults.find((one) => one.times > 0 && fits(one, event));
    if (fault) {
      fault.times--;
      return { lose: [], double: [0, fault.seconds], late: [fault.seconds] }[fault.kind];
    }
    if (this.#draws.fraction('events:doubled') >= this.#doubledShare) return [0];
    return [0, this.#draws.seconds('events:second-copy', event.detailType, SECOND_COPY)];
  }
}

const fits = ({ source, detailType }: Pick<EventFault, 'source' | 'detailType'>, event: ServiceEvent): boolean =>
  (source === undefined || source === event.source) && (detailType === undefined || detailType === event.detailType);
