import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { portTaken } from '../../local/port-taken.ts';

/** What a second listener on the same port of this machine meets. */
async function errorOfTcp(): Promise<{ error: unknown; port: number }> {
  const first = createServer().listen(0, '127.0.0.1');
  await once(first, 'listening');
  const { port } = first.address() as { port: number };
  const [error] = await once(createServer().listen(port, '127.0.0.1'), 'error');
  first.close();
  return { error, port };
}

async function errorOfUdp(): Promise<{ error: unknown; port: number }> {
  const first = createSocket('udp4').bind(0, '127.0.0.1');
  await once(first, 'listening');
  const { port } = first.address();
  const second = createSocket('udp4').bind(port, '127.0.0.1');
  const [error] = await once(second, 'error');
  first.close();
  second.close();
  return { error, port };
}

describe('portTaken()', () => {
  test.each([
    [0, 'the HTTP API'],
    [1, 'AWS'],
    [2, 'DNS'],
    [3, 'the proxy'],
  ])('says what cannot have the port %i after the base', async (offset, what) => {
    const { error, port } = await errorOfTcp();
    expect(portTaken(error, port - offset)).toMatchObject({
      message: `Cannot listen on port ${port} for ${what}: another process has it; choose another base port, or none to take any that is free`,
    });
  });

  test('knows what UDP says, too', async () => {
    const { error, port } = await errorOfUdp();
    expect(portTaken(error, port - 2)).toMatchObject({ message: expect.stringContaining('for DNS: another process') });
  });

  test('says that a port below 1024 is not for every user', () => {
    const error = Object.assign(new Error('listen EACCES: permission denied 127.0.0.1:80'), {
      code: 'EACCES',
      port: 80,
    });
    expect(portTaken(error, 80)).toMatchObject({
      message: expect.stringContaining('Cannot listen on port 80 for the HTTP API: this user may not listen there'),
    });
  });

  test('leaves every other error as it is', () => {
    const error = new Error('Cannot deploy');
    expect(portTaken(error, 8000)).toBe(error);
  });
});
