import type { Clock, Timer } from '../clock/clock.ts';
import type { Draws } from '../draws/draws.ts';
import type { Internet } from '../internet/internet.ts';
import { Authority } from './authority.ts';
import { type DomainName, domainName, isAtOrUnder, parent, upTo } from './domain-name.ts';
import { type NameServer, startNameServer } from './name-server.ts';
import type { RecordSet } from './record.ts';
import { soa } from './soa.ts';
import type { Top } from './top.ts';
import { PlainZone } from './zone.ts';

/** Serves the names registered here until their owner points them elsewhere. */
const REGISTRAR_SERVER = { name: 'ns1.registrar.test', address: '198.51.100.53' } as const;
/** Serves the top-level domain: another server, so that a zone and the one above it are told apart. */
const REGISTRY_SERVER = { name: 'a.nic.test', address: '198.51.100.52' } as const;

/** TTL of the delegations a registrar enters. (E), what registries use lies between an hour and two days. */
const DELEGATION_TTL_SECONDS = 3600;
/** How long "there is no such name" of these zones is remembered: a customary value. (E) */
const NEGATIVE_TTL_SECONDS = 300;
/** How long the person takes who copies a new zone's name servers over. */
const COPYING_SECONDS = { min: 20, max: 40 };

export interface RegistrarOptions {
  clock: Clock;
  draws: Draws;
  internet: Internet;
  top: Top;
  /** The names registered here, and their top-level domains. Default: test and example.test. */
  domains?: DomainName[];
  /** The delay of the person who enters a new hosted zone's name servers; undefined for nobody doing it. Default 20 to 40 s. */
  delegatesAfterSeconds?: { min: number; max: number } | undefined;
}

interface OwnZone {
  zone: PlainZone;
  server: NameServer;
  /** Undefined while the name is handed over to somebody else's servers. */
  stopServing: (() => void) | undefined;
}

/**
 * The registrar's side of the world, outside the account: the registry of a top-level domain and the name server of the names
 * registered there, until their owner points them elsewhere. It also plays the person who copies a hosted zone's name
 * servers into the registrar's form.
 */
export class Registrar {
  readonly #clock: Clock;
  readonly #draws: Draws;
  readonly #internet: Internet;
  readonly #top: Top;
  readonly #registry: NameServer = { ...REGISTRY_SERVER, authority: new Authority() };
  readonly #delay: { min: number; max: number } | undefined;
  readonly #zones = new Map<DomainName, OwnZone>();
  readonly #copying = new Map<DomainName, Timer>();
  readonly #leave: (() => void)[];

  constructor({ clock, draws, internet, top, domains = ['test', 'example.test'], ...options }: RegistrarOptions) {
    this.#clock = clock;
    this.#draws = draws;
    this.#internet = internet;
    this.#top = top;
    this.#delay = 'delegatesAfterSeconds' in options ? options.delegatesAfterSeconds : COPYING_SECONDS;
    const registrar = { ...REGISTRAR_SERVER, authority: new Authority() };
    for (const origin of domains) {
      const isTop = !domains.some((other) => other !== origin && isAtOrUnder(origin, other));
      if (isTop) this.#openTopLevel(origin);
      else this.#open(origin, registrar);
    }
    for (const origin of domains) if (this.#above(origin)) this.delegate(origin, [REGISTRAR_SERVER.name]);
    for (const { name, address } of [this.#registry, registrar]) {
      top.address(name, address);
      if (this.#closest(name)) this.setRecords(name, { type: 'A', ttlSeconds: 86_400, data: [address] });
    }
    this.#leave = [startNameServer(internet, this.#registry), startNameServer(internet, registrar)];
  }

  /** The zones served here now. */
  get zones(): DomainName[] {
    return [...this.#zones].filter(([, { stopServing }]) => stopServing).map(([origin]) => origin);
  }

  /** Enters the name servers of `child`, with or without trailing dots. A name that was served here no longer is. */
  delegate(child: string, nameServers: string[]): void {
    const name = domainName(child);
    const servers = nameServers.map(domainName);
    const above = this.#above(name);
    if (!above) throw new Error(`Cannot delegate "${name}": it lies under none of ${this.zones.join(', ')}`);
    above.put(name, { type: 'NS', ttlSeconds: DELEGATION_TTL_SECONDS, data: servers });
    const own = this.#zones.get(name);
    if (own && !servers.includes(REGISTRAR_SERVER.name)) {
      own.stopServing?.();
      own.stopServing = undefined;
    }
    this.#internet.changed();
  }

  /** The name servers entered for `child`; none when it isn't delegated. */
  delegation(child: string): DomainName[] {
    const name = domainName(child);
    return (this.#above(name)?.find(name, 'NS')?.data ?? []).map(String);
  }

  /** Takes a delegation back; a name that was served here before is served here again. */
  undelegate(child: string): void {
    const name = domainName(child);
    this.#above(name)?.remove(name, 'NS');
    this.#internet.changed();
    const own = this.#zones.get(name);
    if (!own) return;
    own.stopServing ??= own.server.authority.host(own.zone);
    this.delegate(name, [REGISTRAR_SERVER.name]);
  }

  /** Puts records of somebody else's into the closest zone of the registrar: a CAA, a DS, a foreign A. */
  setRecords(name: string, set: RecordSet): void {
    const owner = domainName(name);
    const zone = set.type === 'DS' ? this.#above(owner) : this.#closest(owner);
    if (!zone) throw new Error(`Cannot set records of "${owner}": it lies under none of ${this.zones.join(', ')}`);
    zone.put(owner, set);
    this.#internet.changed();
  }

  removeRecords(name: string, type: string): void {
    const owner = domainName(name);
    (type === 'DS' ? this.#above(owner) : this.#closest(owner))?.remove(owner, type);
    this.#internet.changed();
  }

  /**
   * Hears of a new public hosted zone. Its name servers are entered after a while, at the registry of its top-level
   * domain where no zone here is closer; of two zones with one name only the first one's ever are, as happens to people.
   */
  zoneCreated(zone: { name: string; nameServers: string[] }): void {
    const name = domainName(zone.name);
    const delay = this.#delay;
    if (!delay || this.#copying.has(name)) return;
    const topLevel = upTo(name, '').at(-2);
    if (topLevel !== undefined && topLevel !== name && !this.#above(name)) this.#openTopLevel(topLevel);
    if (!this.#isDelegatedHere(name)) return;
    const seconds = this.#draws.seconds('registrar:delegate', name, delay);
    const timer = this.#clock.after(seconds * 1000, () => {
      if (this.#isDelegatedHere(name)) this.delegate(name, zone.nameServers);
    });
    this.#copying.set(name, timer);
  }

  close(): void {
    for (const leave of this.#leave) leave();
    for (const timer of this.#copying.values()) timer.cancel();
  }

  #open(origin: DomainName, server: NameServer): void {
    const zone = new PlainZone(origin, {
      [origin]: [
        soa(server.name, { ttlSeconds: 3600, negativeSeconds: NEGATIVE_TTL_SECONDS }),
        { type: 'NS', ttlSeconds: 86_400, data: [server.name] },
      ],
    });
    this.#zones.set(origin, { zone, server, stopServing: server.authority.host(zone) });
  }

  #openTopLevel(origin: DomainName): void {
    this.#open(origin, this.#registry);
    this.#top.delegate(origin, [this.#registry.name]);
  }

  /** The closest zone served here that `name` lies in. */
  #closest(name: DomainName): PlainZone | undefined {
    const origin = upTo(name, '').find((at) => this.#zones.get(at)?.stopServing);
    return origin === undefined ? undefined : this.#zones.get(origin)?.zone;
  }

  /** The closest zone that lies above `name`: one served here, or a top-level domain. */
  #above(name: DomainName): PlainZone | undefined {
    const above = parent(name);
    return (above === undefined ? undefined : this.#closest(above)) ?? this.#top.zoneAbove(name);
  }

  /** Whether it is the registrar who delegates `name`: it lies under one of its zones, with nobody else's in between. */
  #isDelegatedHere(name: DomainName): boolean {
    const zone = this.#above(name);
    if (!zone) return false;
    const between = upTo(name, zone.origin).slice(1, -1);
    return !between.some((at) => zone.types(at).includes('NS'));
  }
}
