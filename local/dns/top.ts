import type { Internet } from '../internet/internet.ts';
import { Authority } from './authority.ts';
import type { DomainName } from './domain-name.ts';
import { type NameServer, startNameServer } from './name-server.ts';
import type { RecordSet } from './record.ts';
import { soa } from './soa.ts';
import { PlainZone } from './zone.ts';

/** What a resolver has to know to begin with. */
export const ROOT_HINTS = [{ name: 'a.root-servers.net', address: '198.41.0.4' }] as const;

/** TTL of delegations and of name servers' addresses at the top. Source: the root zone and .com, checked 2026-11-22. */
const DELEGATION_TTL_SECONDS = 172_800;
/** Source: .com answers negatively for 900 s, checked 2026-11-22. */
const NEGATIVE_TTL_SECONDS = 900;

/** Who serves the top-level domains; the addresses are the real servers' but that of `aws`, and exist only inside the small internet. */
const REGISTRIES = [
  { server: 'a.gtld-servers.net', address: '192.5.6.30', zones: ['com', 'net'] },
  { server: 'b0.org.afilias-nst.org', address: '199.19.54.1', zones: ['org'] },
  { server: 'dns1.nic.aws', address: '198.51.100.54', zones: ['aws'] },
  { server: 'nsa.nic.uk', address: '156.154.100.3', zones: ['uk', 'co.uk'] },
] as const;

/** The root and the top-level domains that AWS's own names live under. */
export class Top {
  readonly #zones = new Map<DomainName, PlainZone>();
  readonly #leave: (() => void)[] = [];

  constructor(internet: Internet) {
    const [{ name, address }] = ROOT_HINTS;
    this.#serve(internet, { name, address, authority: new Authority() }, ['']);
    for (const { server, address: at, zones } of REGISTRIES) {
      this.#serve(internet, { name: server, address: at, authority: new Authority() }, zones);
    }
    for (const { server, zones } of REGISTRIES) {
      for (const zone of zones) this.delegate(zone, [server]);
    }
  }

  /** Enters the name servers of `child` in the zone above it. */
  delegate(child: DomainName, servers: DomainName[]): void {
    const zone = this.#above(child);
    zone.put(child, { type: 'NS', ttlSeconds: DELEGATION_TTL_SECONDS, data: servers });
  }

  /** Enters the address of a name server in the zone above it, as glue or as the answer itself. */
  address(server: DomainName, address: string): void {
    this.#above(server).put(server, addressSet(address));
  }

  /** The zone of a top-level domain served here that `name` lies in; undefined where there is none but the root. */
  zoneAbove(name: DomainName): PlainZone | undefined {
    const zone = this.#above(name);
    return zone.origin === '' ? undefined : zone;
  }

  close(): void {
    for (const leave of this.#leave.splice(0)) leave();
  }

  #serve(internet: Internet, server: NameServer, origins: readonly DomainName[]): void {
    for (const origin of origins) {
      const zone = new PlainZone(origin);
      zone.put(origin, soa(server.name, { ttlSeconds: 86_400, negativeSeconds: NEGATIVE_TTL_SECONDS }));
      zone.put(origin, { type: 'NS', ttlSeconds: DELEGATION_TTL_SECONDS, data: [server.name] });
      this.#zones.set(origin, zone);
      server.authority.host(zone);
    }
    this.address(server.name, server.address);
    this.#zones.get('')?.put(server.name, addressSet(server.address));
    this.#leave.push(startNameServer(internet, server));
  }

  #above(name: DomainName): PlainZone {
    const above = [...this.#zones.keys()].filter(
      (origin) => name !== origin && (origin === '' || name.endsWith(`.${origin}`)),
    );
    const closest = above.reduce((best, origin) => (origin.length > best.length ? origin : best), '');
    return this.#zones.get(closest) as PlainZone;
  }
}

function addressSet(address: string): RecordSet {
  return { type: 'A', ttlSeconds: DELEGATION_TTL_SECONDS, data: [address] };
}
