import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from '@jest/globals';
import { type Entrance, entrance } from '../../../local/internet/entrance.ts';
import { type Connection, Internet } from '../../../local/internet/internet.ts';

const LAMBDA = '198.51.100.20';
const THERE = { address: '203.0.113.10', port: 80 };
const internet = new Internet();
let door: Entrance | undefined;

afterEach(async () => {
  internet.guard(THERE.address, undefined);
  await door?.close();
});

/** An entrance to `THERE`, where somebody listens. */
async function opened(accept: (connection: Connection) => void): Promise<{ port: number; leave: () => void }> {
  const leave = internet.listen(THERE, accept);
  door = await entrance(internet, LAMBDA, THERE);
  return { port: door.port, leave };
}

test('bytes go both ways, and the place sees the address the entrance comes from', async () => {
  const { port, leave } = await opened((connection) => {
    text(connection).then((said) => connection.end(`${connection.remoteAddress} said ${said}`));
  });
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  socket.end('hello');
  expect(await text(socket)).toBe('198.51.100.20 said hello');
  leave();
});

test('a closed port resets', async () => {
  const { port, leave } = await opened(() => {});
  leave();
  const socket = connect(port, '127.0.0.1');
  expect((await once(socket, 'error'))[0]).toMatchObject({ code: 'ECONNRESET' });
});

test('a reset goes through', async () => {
  const accepted = Promise.withResolvers<Connection>();
  const { port, leave } = await opened(accepted.resolve);
  const socket = connect(port, '127.0.0.1');
  const connection = await accepted.promise;
  const failed = once(connection, 'error');
  connection.resume();
  socket.resetAndDestroy();
  expect((await failed)[0]).toMatchObject({ code: 'ECONNRESET' });
  leave();
});

test('closing the entrance cuts a socket that still waits for a filtered place', async () => {
  const { port, leave } = await opened(() => {});
  internet.guard(THERE.address, () => false);
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const closed = once(socket, 'close');
  socket.resume();
  await door?.close();
  await closed;
  leave();
});
