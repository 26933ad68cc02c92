import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { buffer, text } from 'node:stream/consumers';
import { connect as connectTls, TLSSocket } from 'node:tls';
import { describe, expect, test } from '@jest/globals';
import { type Connection, Internet } from '../../../local/internet/internet.ts';
import { selfSigned } from './self-signed.ts';

const HERE = '198.51.100.7';
const THERE = { address: '203.0.113.10', port: 443 };

/** Both ends of a fresh connection. */
async function connected(): Promise<{ internet: Internet; client: Connection; server: Connection }> {
  const internet = new Internet();
  const accepted = Promise.withResolvers<Connection>();
  internet.listen(THERE, accepted.resolve);
  const client = await internet.connect(HERE, THERE);
  return { internet, client, server: await accepted.promise };
}

describe('who listens where', () => {
  test('a connection knows both of its ends', async () => {
    const { client, server } = await connected();
    expect(client).toMatchObject({ remoteAddress: THERE.address, remotePort: 443, localAddress: HERE });
    expect(server).toMatchObject({ remoteAddress: HERE, remotePort: client.localPort, localAddress: THERE.address });
  });

  test('a place is taken by one listener at a time and free again when it leaves', () => {
    const internet = new Internet();
    const leave = internet.listen(THERE, () => {});
    expect(() => internet.listen(THERE, () => {})).toThrow('Cannot listen on 203.0.113.10 port 443: it is taken');
    leave();
    leave();
    internet.listen(THERE, () => {});
    expect(internet.reach(HERE, THERE)).toBe('open');
  });

  test('a closed port of a host that exists refuses, an address nobody has is unreachable', async () => {
    const internet = new Internet();
    const leave = internet.attach(THERE.address);
    await expect(internet.connect(HERE, THERE)).rejects.toMatchObject({ code: 'ECONNREFUSED', port: 443 });
    leave();
    leave();
    await expect(internet.connect(HERE, THERE)).rejects.toMatchObject({ code: 'EHOSTUNREACH' });
  });

  test('a host stays while any of its listeners does', () => {
    const internet = new Internet();
    internet.listen(THERE, () => {});
    const leave = internet.listen({ ...THERE, port: 80 }, () => {});
    leave();
    expect(internet.reach(HERE, { ...THERE, port: 80 })).toBe('refused');
    expect(internet.reach(HERE, THERE)).toBe('open');
  });

  test('an IPv6 address is one address in all its spellings', async () => {
    const internet = new Internet();
    internet.listen({ address: '2001:DB8:0:0::1', port: 80 }, () => {});
    expect(internet.reach('2001:db8:7::7', { address: '2001:db8::1', port: 80 })).toBe('open');
  });

  test('nobody crosses from one family of addresses to the other', async () => {
    const internet = new Internet();
    const six = { address: '2001:db8::1', port: 80 };
    internet.listen(six, () => {});
    internet.listen(THERE, () => {});
    expect(internet.reach(HERE, six)).toBe('unreachable');
    expect(internet.reach('2001:db8:7::7', THERE)).toBe('unreachable');
    await expect(internet.connect(HERE, six)).rejects.toMatchObject({ code: 'EHOSTUNREACH' });
  });
});

describe('guards', () => {
  test('what a guard turns away stays silent until the caller gives up', async () => {
    const internet = new Internet();
    internet.listen(THERE, () => {});
    internet.guard(THERE.address, (from, port) => from === HERE && port === 443);
    expect(internet.reach('198.51.100.8', THERE)).toBe('filtered');
    const patience = new AbortController();
    const attempt = internet.connect('198.51.100.8', THERE, { signal: patience.signal });
    patience.abort(new Error('no answer'));
    await expect(attempt).rejects.toThrow('no answer');
    await expect(internet.connect(HERE, THERE)).resolves.toBeDefined();
  });

  test('a closed port behind a guard is silent as well: nothing says that it is closed', () => {
    const internet = new Internet();
    internet.attach(THERE.address);
    internet.guard(THERE.address, () => false);
    expect(internet.reach(HERE, THERE)).toBe('filtered');
    internet.guard(THERE.address, undefined);
    expect(internet.reach(HERE, THERE)).toBe('refused');
  });

  test('a caller who has given up already does not connect', async () => {
    const { internet } = await connected();
    await expect(internet.connect(HERE, THERE, { signal: AbortSignal.abort(new Error('late')) })).rejects.toThrow(
      'late',
    );
  });
});

describe('how a connection ends', () => {
  test('a half-closed connection still carries the answer', async () => {
    const { client, server } = await connected();
    client.end('question');
    expect(await text(server)).toBe('question');
    server.end('answer');
    expect(await text(client)).toBe('answer');
  });

  test('destroying one end ends the other, after what was sent has been read', async () => {
    const { client, server } = await connected();
    client.write('last words');
    client.destroy();
    const closed = once(server, 'close');
    expect(await text(server)).toBe('last words');
    await closed;
  });

  test('writing to an end that is gone fails with EPIPE', async () => {
    const { client, server } = await connected();
    client.destroy();
    const failed = once(server, 'error');
    server.write('hello?');
    expect((await failed)[0]).toMatchObject({ code: 'EPIPE' });
  });

  test('what nobody will read any more fails with ECONNRESET', async () => {
    const { client, server } = await connected();
    const failed = once(server, 'error');
    server.write(Buffer.alloc(1_000_000));
    client.destroy();
    expect((await failed)[0]).toMatchObject({ code: 'ECONNRESET' });
  });

  test('a reset reaches the other end at once', async () => {
    const { client, server } = await connected();
    const failed = once(client, 'error');
    server.resetAndDestroy();
    expect((await failed)[0]).toMatchObject({ code: 'ECONNRESET', syscall: 'read' });
    expect(client.destroyed).toBe(true);
  });

  test('a slow reader holds the writer back', async () => {
    const { client, server } = await connected();
    const sent = Buffer.alloc(300_000, 'x');
    expect(client.write(sent)).toBe(false);
    client.end();
    expect((await buffer(server)).length).toBe(sent.length);
  });
});

describe('what runs over it', () => {
  test('HTTP: a Node server answers a Node client', async () => {
    const internet = new Internet();
    const site = createServer((req, res) => res.end(`${req.method} ${req.url} from ${req.socket.remoteAddress}`));
    internet.listen({ address: THERE.address, port: 80 }, (connection) => site.emit('connection', connection));
    const connection = await internet.connect(HERE, { address: THERE.address, port: 80 });
    const req = request({ path: '/page', createConnection: () => connection }).end();
    const [res] = await once(req, 'response');
    expect(await text(res)).toBe(`GET /page from ${HERE}`);
  });

  test('TLS: a handshake with SNI, and the end of one side is the end of the other', async () => {
    const { client, server } = await connected();
    const { key, cert } = await selfSigned();
    const names: string[] = [];
    const secureServer = new TLSSocket(server, {
      isServer: true,
      key,
      cert,
      SNICallback: (name, done) => {
        names.push(name);
        done(null);
      },
    });
    const secureClient = connectTls({ socket: client, servername: 'shop.example.test', rejectUnauthorized: false });
    secureServer.write('over TLS');
    const [data] = await once(secureClient, 'data');
    expect(String(data)).toBe('over TLS');
    expect(names).toEqual(['shop.example.test']);
    const closed = once(server, 'close');
    secureServer.resume();
    secureClient.destroy();
    await closed;
  });
});
