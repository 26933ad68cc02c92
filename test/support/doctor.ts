import { createServer, type RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { type LookOptions, lookAt } from '../../aws/doctor/look.ts';
import { examine, type Report } from '../../domain/doctor/report.ts';
import type { Seen } from '../../domain/doctor/seen.ts';
import { a, aaaa, type NameServer, NameServers, ns, soa } from './name-servers.ts';
import type { Kind } from './rack/kinds.ts';
import { Rack } from './rack/rack.ts';

export const NAME = 'shop.example.test';
const ROOT = '198.41.0.4';
const TEST = '9.9.9.2';
const EXAMPLE = '9.9.9.3';

/** What a zone of the test world has: by name and type. */
export type Records = (question: { name: string; type: string }) => ReturnType<NameServer>;

/** Servers that say nothing at some stage: they are waited for. */
const SILENT: readonly Kind[] = ['filtered', 'silent', 'noPage', 'drip'];

/** For each stage of an exchange, in milliseconds: only what is silent takes that long, however busy the machine is. */
const PATIENCE = { short: 1_500, long: 20_000 };

interface World {
  /** What the zone "example.test" answers. Default: the addresses. */
  records?: Records;
  /** What the root answers beside delegating "test". */
  root?: Records;
  /** What the zone "test" answers. Default: delegates "example.test". */
  top?: Records;
  /** More name servers, by address. */
  others?: Record<string, NameServer>;
  /** What is met on port 443 of each address. Default: one healthy server at one address. */
  servers?: Record<string, Kind>;
  /** Servers of one's own on port 443, in the place of the rack's. */
  dials?: Record<string, () => Socket>;
  /** The same on port 80. */
  dials80?: Record<string, () => Socket>;
  /** Name servers of one's own, in the place of those above. */
  dials53?: Record<string, () => Socket>;
  /** Whether port 80 answers where 443 gives no connection. */
  open80?: boolean;
  /** Answers pages of every server with TLS. */
  listener?: RequestListener;
  /** Answers port 80; by default it redirects to https. */
  plain?: RequestListener | 'closed';
}

const redirect: RequestListener = (request, response) => {
  response.writeHead(301, { location: `https://${request.headers.host}${request.url}` }).end();
};

/** A small world of real name servers and the rack's servers under public addresses, and the doctor in it. */
export class Practice {
  readonly rack: Rack;
  readonly #worlds: NameServers[] = [];
  /** Every connection that was opened: "9.9.9.9 443". */
  readonly connected: string[] = [];

  private constructor(rack: Rack) {
    this.rack = rack;
  }

  static async open(): Promise<Practice> {
    const rack = await Rack.open();
    setDefaultCACertificates([rack.rootPem]);
    return new Practice(rack);
  }

  async look(world: World = {}, { name = NAME, ...options }: LookOptions & { name?: string } = {}): Promise<Seen> {
    return lookAt(name, { ...(await this.world(world)), ...options });
  }

  /** A world, and how to look into it. */
  async world(world: World = {}): Promise<LookOptions> {
    const { servers = { '9.9.9.9': 'ecdsa256' }, plain = redirect, listener } = world;
    const names = await NameServers.start({
      [ROOT]: ({ name, type }) =>
        world.root?.({ name, type }) ??
        (name === '.' || name === ''
          ? { answers: [ns('.', 'a.root.test')] }
          : type === 'DS' && name === 'test'
            ? { authorities: [soa('')] }
            : { authorities: [ns('test', 'ns.test')], additionals: [a('ns.test', TEST)] }),
      [TEST]: world.top ?? delegating,
      [EXAMPLE]: world.records ?? holding(Object.keys(servers)),
      ...world.others,
    });
    this.#worlds.push(names);
    const dials = Object.fromEntries(
      await Promise.all(
        Object.entries(servers).map(
          async ([address, kind]) =>
            [address, await this.rack.serve(kind, { name: NAME, ...(listener && { listener }) })] as const,
        ),
      ),
    );
    Object.assign(dials, world.dials);
    const closed = await this.rack.serve('closed');
    const dial80 = plain === 'closed' ? closed : await this.rack.connecting(createServer(plain));
    const connect = (address: string, port: number): Socket => {
      this.connected.push(`${address} ${port}`);
      if (port === 53) return world.dials53?.[address]?.() ?? names.connect(address, port);
      const own80 = port === 80 ? world.dials80?.[address] : undefined;
      if (own80) return own80();
      const dial = dials[address] ?? closed;
      const silent = ['filtered', 'noRoute', 'closed'].includes(servers[address] ?? 'closed');
      return port === 80 && (!silent || world.open80) ? dial80() : dial();
    };
    const timeoutMs = Object.values(servers).some((kind) => SILENT.includes(kind)) ? PATIENCE.short : PATIENCE.long;
    return { connect, timeoutMs, dns: { roots: [ROOT] } };
  }

  async report(world: World = {}, options: LookOptions & { name?: string } = {}): Promise<Report> {
    return examine(await this.look(world, options));
  }

  async close(): Promise<void> {
    await this.rack.close();
    await Promise.all(this.#worlds.map((world) => world.stop()));
    setDefaultCACertificates(getCACertificates('bundled'));
  }
}

/** The codes of what was found. */
export const codesOf = ({ findings }: Report): string[] => findings.map(({ code }) => code);

/** Delegates the zone to these name servers, each with its address. */
export const delegatingTo =
  (nameServers: Record<string, string>, more: Records = () => undefined): Records =>
  (question) => {
    const { name, type } = question;
    const special = more(question);
    if (special) return special;
    if (!name.endsWith('example.test') || (type === 'DS' && name === 'example.test')) return delegating(question);
    return {
      authorities: Object.keys(nameServers).map((server) => ns('example.test', server)),
      additionals: Object.entries(nameServers).map(([server, address]) => a(server, address)),
    };
  };

const delegating: Records = ({ name, type }) => {
  if (name === 'test') return type === 'NS' ? { answers: [ns('test', 'ns.test')] } : { authorities: [soa('test')] };
  if (type === 'DS' && name === 'example.test') return { authorities: [soa('test')] };
  if (name.endsWith('example.test'))
    return { authorities: [ns('example.test', 'ns.example.test')], additionals: [a('ns.example.test', EXAMPLE)] };
  return { rcode: 'NXDOMAIN', authorities: [soa('test')] };
};

/** A zone in which the shop has these addresses. */
export const holding =
  (addresses: readonly string[], more: Records = () => undefined): Records =>
  (question) => {
    const { name, type } = question;
    const special = more(question);
    if (special) return special;
    if (name === 'example.test' && type === 'NS') return { answers: [ns(name, 'ns.example.test')] };
    if (name === 'example.test' && type === 'SOA') return { answers: [soa(name)] };
    if (name === 'ns.example.test' && type === 'A') return { answers: [a(name, EXAMPLE)] };
    if (name === NAME) {
      const found = addresses.filter((address) => address.includes(':') === (type === 'AAAA'));
      if (type === 'A')
        return {
          answers: found.map((address) => a(name, address)),
          authorities: found.length ? [] : [soa('example.test')],
        };
      if (type === 'AAAA')
        return {
          answers: found.map((address) => aaaa(name, address)),
          authorities: found.length ? [] : [soa('example.test')],
        };
      return { authorities: [soa('example.test')] };
    }
    return {
      rcode: name.endsWith('.example.test') && name !== 'ns.example.test' ? 'NXDOMAIN' : 'NOERROR',
      authorities: [soa('example.test')],
    };
  };
