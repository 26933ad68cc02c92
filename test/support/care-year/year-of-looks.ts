import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import type { Environment } from '../../../aws/environment.ts';
import { readAlerts } from '../../../aws/ledger/alerts.ts';
import type { Alert } from '../../../domain/care/alert.ts';
import { type LookedAt, settle } from '../../../domain/care/settle.ts';
import { isTurn } from '../../../domain/care/turn.ts';
import { alertsBefore, settleAlerts } from '../../../functions/shared/care/settle-alerts.ts';
import { Draws } from '../../../local/draws/draws.ts';
import { alertsInMemory } from './memory.ts';
import { DAY, END, HOUR, type PlannedSite, START } from './planned-site.ts';
import { seenAt } from './seen-at.ts';

const ENVIRONMENT: Environment = {
  tableName: 'ledger',
  eventBusName: 'bus',
  stackName: 'Nameplate',
} as Environment;

/** What people were told, and when. */
export interface Told {
  domain: string;
  /** "Raised portRefused" */
  words: string;
  /** The same for one thing that is told: `id`, `raisedAt` and `stage` of the event. */
  key: string;
  at: number;
}

/** A world of sites in which hours pass, and what the sweep and the events of ACM set going in it. */
export class YearOfLooks {
  readonly told: Told[] = [];
  /** Events of which the bus has lost its answer: each comes twice. */
  answersLost = 0;
  readonly events = { sent: 0, lost: 0, doubled: 0, late: 0 };
  readonly #sites: readonly PlannedSite[];
  readonly #ledger = alertsInMemory();
  readonly #draws: Draws;
  readonly #alerts = new Map<string, Alert[]>();
  /** The sites with alerts or suspicions, as the sweep asks for them. */
  readonly #standing = new Set<PlannedSite>();
  /** When a look at a site has seen too little, or could not tell: by domain. */
  readonly #troubled = new Map<string, number[]>();
  #now = START;

  constructor(sites: readonly PlannedSite[], seed: number) {
    this.#sites = sites;
    this.#draws = new Draws(seed);
    mockClient(EventBridgeClient)
      .on(PutEventsCommand)
      .callsFake(({ Entries: [entry] }) => this.#take(entry));
  }

  /** How many looks of a site went wrong in the day after a moment. */
  troubledLooks(domain: string, after: number): number {
    return (this.#troubled.get(domain) ?? []).filter((at) => at >= after && at < after + DAY).length;
  }

  /** Lets the year pass, and a day more for what stands at its end. */
  async pass(): Promise<void> {
    const turns = Map.groupBy(this.#sites, ({ domain }) => hourOf(domain));
    const hints = this.#hints();
    for (let hour = 0; START + hour * HOUR < END + DAY; hour += 1) {
      const at = START + hour * HOUR + HOUR / 2;
      while ((hints.at(-1)?.at ?? at) < at) {
        const { site, at: then } = hints.pop() as (typeof hints)[number];
        await this.#look(site, then);
      }
      for (const site of new Set([...(turns.get(hour % 6) ?? []), ...this.#standing])) await this.#look(site, at);
    }
  }

  async #look(site: PlannedSite, now: number): Promise<void> {
    const { domain } = site;
    const concerns = seenAt(site, now);
    const known = this.#alerts.get(domain) ?? [];
    const isTold = known.every(({ untold }) => untold === undefined);
    if (concerns.length === 0 && !this.#standing.has(site) && isTold) return;
    const blind = this.#happens('unseen', 0.02) ? [...concerns, ...known].map(({ area }) => area) : [];
    if (blind.length > 0) this.#goesWrong(domain, now);
    const found = { concerns: concerns.filter(({ area }) => !blind.includes(area)), unseen: blind };
    const item: LookedAt = { domain, createdAt: createdAt(site, now), site: {} };
    // Most looks change nothing: the ledger is spared those.
    if (isTold && settle(known, found, { item, now: new Date(now) }).length === 0) return;
    this.#now = now;
    const around = { ledger: this.#ledger, environment: ENVIRONMENT };
    const look = async () => {
      const before = await alertsBefore(around, domain, new Date(now));
      await settleAlerts(around, { before, found, item, now: new Date(now) });
    };
    const looks = this.#happens('two at once', 0.05) ? [look(), look()] : [look()];
    const ends = await Promise.allSettled(looks);
    if (ends.some(({ status }) => status === 'rejected')) this.#goesWrong(domain, now);
    const alerts = await readAlerts(this.#ledger, domain);
    this.#alerts.set(domain, alerts);
    if (alerts.some(({ state }) => state !== 'resolved')) this.#standing.add(site);
    else this.#standing.delete(site);
  }

  #take({ DetailType = '', Detail = '{}' }): object {
    if (this.#happens('not taken', 0.05)) throw new Error('The bus is out of reach');
    const { domain, code, id, raisedAt, stage } = JSON.parse(Detail);
    const words = `${DetailType.replace('Alert ', '')} ${code}`;
    this.told.push({ domain, words, key: `${words} ${id} ${raisedAt} ${stage}`, at: this.#now });
    if (this.#happens('answer lost', 0.01)) {
      this.answersLost += 1;
      throw new Error('The answer of the bus is lost');
    }
    return { Entries: [{ EventId: '1' }] };
  }

  /** ACM's events of certificates that are not renewed, daily from 45 days before their end: lost, doubled and late. The last one first. */
  #hints(): { site: PlannedSite; at: number }[] {
    const hints: { site: PlannedSite; at: number }[] = [];
    for (const site of this.#sites) {
      if (site.story === 'by a server') continue;
      for (const { to, replaced } of site.versions) {
        for (let at = to - 45 * DAY; at < Math.min(replaced, END); at += DAY) {
          this.events.sent += 1;
          if (this.#happens('lost', 0.05)) {
            this.events.lost += 1;
            continue;
          }
          const isLate = this.#happens('late', 0.05);
          const isDoubled = this.#happens('doubled', 0.05);
          if (isLate) this.events.late += 1;
          if (isDoubled) this.events.doubled += 1;
          const then = at + (isLate ? this.#draws.fraction('how late') * 2 * DAY : 0);
          hints.push({ site, at: then }, ...(isDoubled ? [{ site, at: then + 60_000 }] : []));
        }
      }
    }
    return hints.filter(({ at }) => at >= START).sort((one, other) => other.at - one.at);
  }

  #happens(what: string, share: number): boolean {
    return this.#draws.fraction(what) < share;
  }

  #goesWrong(domain: string, at: number): void {
    this.#troubled.set(domain, [...(this.#troubled.get(domain) ?? []), at]);
  }
}

/** In which of six hours a site has its turn. */
function hourOf(domain: string): number {
  return [0, 1, 2, 3, 4, 5].find((hour) => isTurn(domain, new Date(START + hour * HOUR))) ?? 0;
}

/** A site that was gone was declared at another time. */
function createdAt({ story, trouble }: PlannedSite, now: number): string {
  const isBack = story === 'gone and back' && trouble !== undefined && now >= trouble.to;
  return new Date(isBack ? trouble.to : START).toISOString();
}
