import { request } from 'node:http';
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import type { Connect } from '../../aws/doctor/look.ts';

/** What a socket would have failed with, by the proxy's word for it. Source: RFC 9209, section 2.3, checked 2026-11-29. */
const CODES: Record<string, string> = {
  connection_refused: 'ECONNREFUSED',
  destination_ip_unroutable: 'EHOSTUNREACH',
  connection_timeout: 'ETIMEDOUT',
};

/** Connects through an HTTP proxy: what comes of it is as it would be for a socket of one's own. */
export function throughProxy(proxy: URL): Connect {
  // All that is done with the socket of a probe, a stream with an event "connect" can do.
  return (address, port) => new Tunnel(proxy, { address, port }) as unknown as Socket;
}

/** A connection that is asked of a proxy. */
class Tunnel extends Duplex {
  /** As a socket counts them. */
  bytesRead = 0;
  #socket: Duplex | undefined;
  #held: (() => void) | undefined;

  constructor(proxy: URL, { address, port }: { address: string; port: number }) {
    super();
    const path = `${address.includes(':') ? `[${address}]` : address}:${port}`;
    const asked = request({ host: proxy.hostname, port: proxy.port, method: 'CONNECT', path });
    asked.once('error', (error) => this.destroy(error));
    asked.once('connect', ({ statusCode, headers }, socket, head) => {
      if (this.destroyed || statusCode !== 200) {
        socket.destroy();
        const [, reason = ''] = /error=(\w+)/.exec(String(headers['proxy-status'])) ?? [];
        const code = CODES[reason] ?? 'ECONNRESET';
        this.destroy(Object.assign(new Error(`connect ${code} ${path}`), { code, syscall: 'connect' }));
        return;
      }
      this.#join(socket, head);
    });
    asked.end();
    this.once('close', () => asked.destroy());
  }

  #join(socket: Duplex, head: Buffer): void {
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => {
      this.bytesRead += chunk.length;
      if (!this.push(chunk)) socket.pause();
    });
    socket.once('end', () => this.push(null));
    socket.once('error', (error) => this.destroy(error));
    socket.once('close', () => this.destroy());
    if (head.length > 0) this.push(head);
    this.emit('connect');
    this.#held?.();
  }

  override _read(): void {
    this.#socket?.resume();
  }

  override _write(chunk: Buffer, encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    if (this.#socket) this.#socket.write(chunk, encoding, done);
    else this.#held = () => this._write(chunk, encoding, done);
  }

  override _final(done: (error?: Error | null) => void): void {
    if (this.#socket) this.#socket.end(done);
    else done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#socket?.destroy();
    done(error);
  }
}
