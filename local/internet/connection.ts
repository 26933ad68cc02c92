import { Duplex } from 'node:stream';

export interface Endpoint {
  address: string;
  port: number;
}

/** One end of a connection in the small internet. It ends and closes as a socket that allows half-open ones does. */
export interface Connection extends Duplex {
  remoteAddress: string;
  remotePort: number;
  localAddress: string;
  localPort: number;
  /** Closes at once; the other end gets ECONNRESET, whatever it has not read yet is lost. */
  resetAndDestroy(): this;
}

/** The two ends of one connection: what is written to one is read from the other. */
export function connectionPair(near: Endpoint, far: Endpoint): [Connection, Connection] {
  const [client, server] = [new End(near, far), new End(far, near)];
  client.join(server);
  server.join(client);
  return [client, server];
}

/**
 * An end. Node's own `duplexPair` leaves the other end open when one is destroyed, and calls a stream finished only once
 * the other side has read it; neither is what a socket does.
 */
class End extends Duplex implements Connection {
  readonly localAddress: string;
  readonly localPort: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
  #other: End | undefined;
  /** The other end's write that waits until this end has read more. */
  #wakeWriter: ((error?: Error) => void) | undefined;
  #finReceived = false;

  constructor(local: Endpoint, remote: Endpoint) {
    super({ allowHalfOpen: true });
    this.localAddress = local.address;
    this.localPort = local.port;
    this.remoteAddress = remote.address;
    this.remotePort = remote.port;
  }

  join(other: End): void {
    this.#other = other;
  }

  resetAndDestroy(): this {
    if (this.#other && !this.#other.destroyed) this.#other.destroy(this.#failure('ECONNRESET', 'read'));
    return this.destroy();
  }

  override _read(): void {
    const wake = this.#wakeWriter;
    this.#wakeWriter = undefined;
    wake?.();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    const other = this.#other;
    if (!other || other.destroyed) done(this.#failure('EPIPE', 'write'));
    // Never within the writer's own call: a network answers later, and what is written for one relies on it.
    else process.nextTick(() => this.#deliver(chunk, other, done));
  }

  override _final(done: (error?: Error | null) => void): void {
    if (this.#other) this.#other.#fin();
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    const wake = this.#wakeWriter;
    this.#wakeWriter = undefined;
    const other = this.#other;
    if (other && !other.destroyed) {
      // What it was still sending will never be read: a socket learns that by a reset.
      if (wake) wake(other.#failure('ECONNRESET', 'write'));
      // After what was written before.
      else process.nextTick(() => other.#left());
    }
    done(error);
  }

  #deliver(chunk: Buffer, other: End, done: (error?: Error | null) => void): void {
    if (other.destroyed) done(this.#failure('ECONNRESET', 'write'));
    else if (other.push(chunk)) done();
    else other.#wakeWriter = done;
  }

  #fin(): void {
    if (this.#finReceived || this.destroyed) return;
    this.#finReceived = true;
    this.push(null);
  }

  /** The other end is gone: what it sent can still be read, then this end closes as well. */
  #left(): void {
    this.#fin();
    if (this.readableEnded) this.destroy();
    else this.once('end', () => process.nextTick(() => this.destroy()));
  }

  #failure(code: string, syscall: string): Error {
    return Object.assign(new Error(`${syscall} ${code}`), { code, syscall });
  }
}
