import { once } from 'node:events';
import { constants } from 'node:os';

/** Why a command ends before it is done: it was asked to. */
export class Stopped extends Error {
  /** As shells have it: 128 and the signal's number. */
  readonly exitCode: number;

  constructor(signal: NodeJS.Signals) {
    super(`Stopped by ${signal}`);
    this.exitCode = 128 + constants.signals[signal];
  }
}

/** Who reads the output may have enough of it, as "| head -1" has: it ends as by SIGPIPE, and without a word. */
export const endWhenUnread = (): void => void process.stdout.on('error', unread);

function unread(error: NodeJS.ErrnoException): never {
  if (error.code === 'EPIPE') process.exit(new Stopped('SIGPIPE').exitCode);
  console.error(`Cannot write the output: ${error.message}`);
  process.exit(1);
}

/** How often it is looked whether npx is still there. */
const LOOK_EVERY_MS = 500;

/** npx hands a signal to the shell that it started this in, which ends without a word to this: what has lost its parent was to end. */
export function endWithNpx({ npm_command: command } = process.env): void {
  if (command !== 'exec') return;
  const { ppid } = process;
  const looks = setInterval(() => {
    if (process.ppid === ppid) return;
    clearInterval(looks);
    process.kill(process.pid, 'SIGTERM');
  }, LOOK_EVERY_MS);
  looks.unref();
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Aborts when the process is asked to stop, its terminal is closed, or its output is no longer read. */
export const stopRequests = (): AbortSignal => heedStops().stop;

/** The same for a while: after `release`, a request ends the process at once again. */
export function heedStops(): { stop: AbortSignal; release: () => void } {
  const stop = new AbortController();
  const ask = (signal: NodeJS.Signals): void => stop.abort(new Stopped(signal));
  // A closed pipe or terminal is told by an error of the stream, which would end the process before it has tidied up.
  const closed = (): void => ask('SIGPIPE');
  const streams = [process.stdout, process.stderr];
  const endsAtOnce = process.stdout.listeners('error').includes(unread);
  process.stdout.off('error', unread);
  for (const signal of SIGNALS) process.on(signal, ask);
  for (const stream of streams) stream.on('error', closed);
  const release = (): void => {
    for (const signal of SIGNALS) process.off(signal, ask);
    for (const stream of streams) stream.off('error', closed);
    if (endsAtOnce) endWhenUnread();
  };
  return { stop: stop.signal, release };
}

/** Resolves when the process is asked to stop. */
export async function stopped(stop: AbortSignal): Promise<void> {
  if (!stop.aborted) await once(stop, 'abort');
}

/** The request to stop behind an error, if there is one: what was aborted says so by an error of its own. */
export function stoppedBy(error: unknown): Stopped | undefined {
  if (error instanceof Stopped || !(error instanceof Error)) return error instanceof Stopped ? error : undefined;
  return error.cause === undefined ? undefined : stoppedBy(error.cause);
}
