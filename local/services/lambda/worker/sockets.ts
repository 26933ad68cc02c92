import { BlockList, isIP, isIPv6, Socket, type SocketConnectOpts } from 'node:net';
import type { Destination, RoutesLink } from './messages.ts';
import { askRoute } from './routes.ts';

type Connect = (this: Socket, ...given: unknown[]) => Socket;
type Options = SocketConnectOpts & { host?: string; port?: number; lookup?: unknown; path?: string | null };

/** What Linux answers with, as Node numbers it. Source: errno(3) of Linux; checked 2026-11-22. */
const errnos = {
  EPERM: -1,
  EINVAL: -22,
  EAFNOSUPPORT: -97,
  EADDRNOTAVAIL: -99,
  ENETUNREACH: -101,
  ECONNREFUSED: -111,
  EHOSTUNREACH: -113,
} as const;

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Whether an address is this machine's own, where the local AWS itself listens. */
export function isLoopback(address: string): boolean {
  return loopback.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/**
 * Sends every connection to an address that isn't loopback into the small internet. Only the addresses are its own:
 * `tls`, `https` and `fetch` stand on this one method and don't notice. A name is resolved as ever and goes out as ever,
 * unless a `lookup` of the function's own says where it leads. `silent` is given each socket that nothing answers.
 */
export function installSockets(link: RoutesLink, silent: (socket: Socket) => void): void {
  const direct = Socket.prototype.connect as Connect;
  const connect: Connect = function (...given) {
    const [options, listener] = optionsOf(given);
    const { host, port, lookup } = options;
    if (options.path || !host) return direct.apply(this, given);
    if (isIP(host) && isLoopback(host)) return direct.apply(this, given);
    if (isIP(host)) {
      const into = { address: host, port: Number(port) };
      return enter({ socket: this, into, options, listener, direct, link, silent });
    }
    if (typeof lookup !== 'function') return direct.apply(this, given);
    lookUp(this, host, options, (address) => {
      connect.call(this, { ...options, host: address, lookup: undefined }, listener);
    });
    return this;
  };
  Socket.prototype.connect = connect as typeof Socket.prototype.connect;
}

/** connect() takes an options object, or port and host, or what net.connect() made of either; a listener may follow. */
function optionsOf(given: unknown[]): [Options, unknown] {
  const first = given[0];
  if (Array.isArray(first)) return [first[0] as Options, first[1]];
  const listener = given.findLast((value) => typeof value === 'function');
  if (typeof first === 'object' && first !== null) return [first as Options, listener];
  if (typeof first === 'string' && Number.isNaN(Number(first))) return [{ path: first } as Options, listener];
  const host = typeof given[1] === 'string' ? given[1] : 'localhost';
  return [{ port: Number(first), host } as Options, listener];
}

interface Entry {
  socket: Socket;
  into: Destination;
  options: Options;
  listener: unknown;
  direct: Connect;
  link: RoutesLink;
  silent: (socket: Socket) => void;
}

function enter({ socket, into, options, listener, direct, link, silent }: Entry): Socket {
  const route = askRoute(link, into);
  show(socket, into);
  if (route.reach === 'open') {
    return direct.call(socket, { ...options, host: '127.0.0.1', port: route.port, family: 4 }, listener);
  }
  setConnecting(socket, true);
  if (typeof listener === 'function') socket.once('connect', listener as () => void);
  // What is filtered stays silent: the socket keeps connecting until its own time-out or its owner ends it.
  if (route.reach === 'filtered') {
    silent(socket);
    return socket;
  }
  const code = 'code' in route ? route.code : 'ECONNREFUSED';
  const error = Object.assign(new Error(`connect ${code} ${into.address}:${into.port}`), {
    errno: errnos[code],
    code,
    syscall: 'connect',
    ...into,
  });
  process.nextTick(() => socket.destroy(error));
  return socket;
}

/** The peer's address as the function knows it, once connected and until destroyed. */
function show(socket: Socket, { address, port }: Destination): void {
  const connected = (): boolean => !socket.connecting && !socket.destroyed;
  const peer = { remoteAddress: address, remotePort: port, remoteFamily: isIPv6(address) ? 'IPv6' : 'IPv4' };
  for (const [name, value] of Object.entries(peer)) {
    Object.defineProperty(socket, name, { configurable: true, get: () => (connected() ? value : undefined) });
  }
}

/** Read-only in the types, but a plain property that connect() itself sets. */
function setConnecting(socket: { connecting: boolean }, connecting: boolean): void {
  socket.connecting = connecting;
}

type Looked = (error: Error | null, address: string | { address: string }[]) => void;
type Lookup = (host: string, options: object, done: Looked) => void;

function lookUp(socket: Socket, host: string, options: Options, found: (address: string) => void): void {
  setConnecting(socket, true);
  (options.lookup as Lookup)(host, { all: false, family: 0, hints: 0 }, (error, result) => {
    if (socket.destroyed) return;
    const address = typeof result === 'string' ? result : result?.[0]?.address;
    socket.emit('lookup', error, address, isIP(address ?? '') || undefined, host);
    if (error || address === undefined) {
      const missing = Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND', hostname: host });
      process.nextTick(() => socket.destroy(error ?? missing));
      return;
    }
    setConnecting(socket, false);
    found(address);
  });
}
