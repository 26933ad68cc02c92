import type { Socket } from 'node:net';
import type { AwsTimers } from './aws-timers.ts';

/** How often a thread with a silent connection looks what else it waits for, in ms of the wall clock. */
const LOOK_MS = 10;

/**
 * Tells when all that this thread waits for is connections that nothing answers and its long timers: the next of these, in ms of AWS
 * time; and undefined once there is more again. Answers with what each silent connection is given to.
 * What Node does in its thread pool without a handle (crypto, zlib) cannot be seen here.
 */
export function installSilence(timers: AwsTimers, tell: (at: number | undefined) => void): (socket: Socket) => void {
  const silent = new Set<Socket>();
  let told: number | undefined;
  let looking: NodeJS.Timeout | undefined;
  const look = (): void => {
    const at = silent.size > 0 && onlyTimers(timers.count()) ? timers.next() : undefined;
    if (at !== told) tell(at);
    told = at;
    if (silent.size > 0) return;
    clearInterval(looking);
    looking = undefined;
  };
  return (socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
    looking ??= setInterval(look, LOOK_MS).unref();
  };
}

/** Whether nothing keeps the thread alive but the port to the main thread and so many timers. */
function onlyTimers(count: number): boolean {
  const others = process.getActiveResourcesInfo().filter((resource) => resource !== 'MessagePort');
  return others.length === count && others.every((resource) => resource === 'Timeout');
}
