import { receiveMessageOnPort } from 'node:worker_threads';
import type { Destination, Route, RoutesLink } from './messages.ts';

/** Asks the main thread where a destination leads, and waits for the answer without turning the event loop. */
export function askRoute({ port, signal }: RoutesLink, to: Destination): Route {
  Atomics.store(signal, 0, 0);
  port.postMessage(to);
  // A notification of the answer before may come as late as now. Who went on by it would get every later answer one question late.
  while (Atomics.load(signal, 0) === 0) Atomics.wait(signal, 0, 0);
  const answer = receiveMessageOnPort(port);
  if (!answer) throw new Error(`Cannot reach ${to.address} port ${to.port}: the local AWS gave no answer`);
  return answer.message as Route;
}
