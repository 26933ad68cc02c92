import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { promises as dns } from 'node:dns';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { decode } from 'dns-packet';
import { type DnsFront, startDnsFront } from '../../../local/dns/front.ts';
import { testWith } from '../../support/installed.ts';
import { aDnsWorld, type DnsWorld } from './world.ts';
import { aSet } from './zone-builder.ts';

let world: DnsWorld;
let front: DnsFront;
beforeEach(async () => {
  world = aDnsWorld();
  front = await startDnsFront({ resolver: world.names.resolver });
});
afterEach(() => front.close());

function aClient(): dns.Resolver {
  const client = new dns.Resolver({ tries: 1 });
  client.setServers([`127.0.0.1:${front.port}`]);
  return client;
}

describe('the loopback front', () => {
  test("answers Node's own resolver over UDP", async () => {
    world.names.registrar.setRecords('shop.example.test', aSet('A', '203.0.113.1'));
    expect(await aClient().resolve4('shop.example.test', { ttl: true })).toEqual([
      { address: '203.0.113.1', ttl: 300 },
    ]);
    await expect(aClient().resolve4('nope.example.test')).rejects.toMatchObject({ code: 'ENOTFOUND' });
    await expect(aClient().resolve6('shop.example.test')).rejects.toMatchObject({ code: 'ENODATA' });
  });

  test('an answer too large for UDP comes over TCP', async () => {
    const addresses = Array.from({ length: 60 }, (_, index) => `203.0.113.${index}`);
    world.names.registrar.setRecords('many.example.test', aSet('A', ...addresses));
    expect(await aClient().resolve4('many.example.test')).toHaveLength(60);
  });

  test('answers two questions on one TCP connection, even when the first arrives in pieces', async () => {
    world.names.registrar.setRecords('shop.example.test', aSet('A', '203.0.113.1'));
    const { encode } = await import('dns-packet');
    const query = (id: number) => {
      const message = encode({
        type: 'query',
        id,
        flags: 0x100,
        questions: [{ name: 'shop.example.test', type: 'A' }],
      });
      return Buffer.concat([Buffer.from([0, message.length]), message]);
    };
    const socket = connect(front.port, '127.0.0.1');
    socket.write(query(1).subarray(0, 5));
    await new Promise((turn) => setImmediate(turn));
    socket.write(Buffer.concat([query(1).subarray(5), query(2)]));
    let received = Buffer.alloc(0);
    while (received.length < 2 || received.length < 2 * (2 + received.readUInt16BE(0))) {
      received = Buffer.concat([received, ((await once(socket, 'data')) as [Buffer])[0]]);
    }
    const length = 2 + received.readUInt16BE(0);
    expect([decode(received.subarray(2, length)).id, decode(received.subarray(length + 2)).id]).toEqual([1, 2]);
    socket.destroy();
  });

  test("refuses to answer without recursion, as a resolver that is nobody's authority", async () => {
    const { encode } = await import('dns-packet');
    const socket = createSocket('udp4');
    socket.send(
      encode({ type: 'query', id: 9, flags: 0, questions: [{ name: 'shop.example.test', type: 'A' }] }),
      front.port,
      '127.0.0.1',
    );
    const [message] = (await once(socket, 'message')) as [Buffer];
    expect((decode(message) as { rcode?: string }).rcode).toBe('REFUSED');
    socket.close();
  });

  test('a port that is taken is an error', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const port = (taken.address() as { port: number }).port;
    await expect(startDnsFront({ resolver: world.names.resolver, port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    taken.close();
  });

  testWith('dig', 'dig understands it', async () => {
    world.names.registrar.setRecords('shop.example.test', aSet('A', '203.0.113.1'));
    const { stdout } = await promisify(execFile)('dig', [
      '@127.0.0.1',
      '-p',
      String(front.port),
      '+noall',
      '+comments',
      '+answer',
      'sHoP.example.test',
    ]);
    expect(stdout).toContain('status: NOERROR');
    expect(stdout).toContain('flags: qr rd ra;');
    expect(stdout).toMatch(/sHoP\.example\.test\.\s+300\s+IN\s+A\s+203\.0\.113\.1/);
  });
});
