import { MessageChannel, Worker } from 'node:worker_threads';
import { afterEach, expect, test } from '@jest/globals';
import { askRoute } from '../../../local/services/lambda/worker/routes.ts';

/** Wakes whoever asks before it answers, as a notification of the answer before does that comes late. */
const WAKES_FIRST = `
const { workerData: { port, signal } } = require('node:worker_threads');
port.on('message', ({ port: asked }) => {
  while (Atomics.notify(signal, 0) === 0);
  // Whoever asks waits again.
  while (Atomics.notify(signal, 0) === 0);
  port.postMessage({ reach: 'open', port: asked });
  Atomics.store(signal, 0, 1);
  Atomics.notify(signal, 0);
});
`;

let other: Worker | undefined;
afterEach(() => other?.terminate());

test('a function that is woken too early waits on, and each question gets its own answer', () => {
  const { port1, port2 } = new MessageChannel();
  const signal = new Int32Array(new SharedArrayBuffer(4));
  other = new Worker(WAKES_FIRST, { eval: true, workerData: { port: port1, signal }, transferList: [port1] });
  const link = { port: port2, signal };
  const ports = [53, 80, 443];
  expect(ports.map((port) => askRoute(link, { address: '192.0.2.1', port }))).toEqual(
    ports.map((port) => ({ reach: 'open', port })),
  );
  port2.close();
});
