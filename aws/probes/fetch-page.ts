import type { ServedCertificate } from '../../domain/probes/certificate.ts';
import { connectPublic } from './connect.ts';
import { type ReadPage, readPage } from './page.ts';
import { openTcp, type ProbeOptions } from './tcp.ts';
import { openTls } from './tls.ts';

/** For one exchange: connecting, handshake and page each. Below what a viewer would wait. */
const TIMEOUT_MS = 5_000;

export interface PageTarget {
  address: string;
  port: number;
  /** Goes into SNI and Host. */
  name: string;
  path: string;
  /** Most that is read of the body; left out: 4 KiB. */
  mostBytes?: number;
}

const DEFAULTS: ProbeOptions = { connect: connectPublic, timeoutMs: TIMEOUT_MS };

/**
 * One page over TLS from one address, with the certificate that came with it.
 *
 * @throws {Unreachable}
 */
export async function fetchSecurePage(
  target: PageTarget,
  options: ProbeOptions = DEFAULTS,
): Promise<{ served: ServedCertificate; page: ReadPage }> {
  const { socket, served } = await openTls(target, options);
  return { served, page: await readPage(socket, asked(target, { defaultPort: 443, ...options })) };
}

/**
 * One page over plain HTTP from one address.
 *
 * @throws {Unreachable}
 */
export async function fetchPlainPage(target: PageTarget, options: ProbeOptions = DEFAULTS): Promise<ReadPage> {
  const socket = await openTcp(target, options);
  return readPage(socket, asked(target, { defaultPort: 80, ...options }));
}

function asked(
  { name, port, path, mostBytes }: PageTarget,
  { defaultPort, timeoutMs }: { defaultPort: number; timeoutMs: number },
): Parameters<typeof readPage>[1] {
  const host = port === defaultPort ? name : `${name}:${port}`;
  return { host, path, timeoutMs, ...(mostBytes !== undefined && { mostBytes }) };
}
