import { createServer as createTcpServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { walk } from '../../../aws/doctor/walk.ts';
import { isPublicAddress } from '../../../aws/probes/public-address.ts';
import { publicName } from '../../../domain/names/public-name.ts';
import { codesOf, holding, NAME, Practice } from '../../support/doctor.ts';
import {
  HOSTILE_ADDRESSES,
  HOSTILE_IPV4,
  HOSTILE_IPV6,
  HOSTILE_NAMES,
  HOSTILE_REDIRECTS,
  WRAPPED,
} from '../../support/hostile.ts';
import { a, aaaa, cname, nobodyAnswers } from '../../support/name-servers.ts';

let practice: Practice;
beforeAll(async () => {
  practice = await Practice.open();
});
afterAll(() => practice.close());

/** Where connections went while `act` ran, name servers left out. */
async function reachedBy(act: () => Promise<unknown>): Promise<string[]> {
  const { length } = practice.connected;
  await act();
  return [...new Set(practice.connected.slice(length).filter((to) => !to.endsWith(' 53')))];
}

test('the corpus has at least 200 forms', () => {
  const forms = [
    ...HOSTILE_ADDRESSES,
    ...HOSTILE_NAMES,
    ...HOSTILE_REDIRECTS,
    ...Object.keys(PAGES),
    ...Object.keys(NAME_SERVERS),
  ];
  expect(new Set(forms).size).toBeGreaterThan(400);
});

test.each(HOSTILE_NAMES)('S5, S8: "%s" is refused as a name before anything is asked', (typed) => {
  expect(publicName(typed).problem).toBeDefined();
});

describe('S4, S6: no connection goes to an address inside', () => {
  test('that the name has', async () => {
    const six = [...WRAPPED, ...HOSTILE_IPV6].map((address) => new URL(`http://[${address}]`).hostname.slice(1, -1));
    const reached = await reachedBy(async () => {
      const report = await practice.report({
        records: holding([], ({ name, type }) => {
          if (name !== NAME) return undefined;
          if (type === 'A') return { answers: HOSTILE_IPV4.map((address) => a(name, address)) };
          return type === 'AAAA' ? { answers: six.map((address) => aaaa(name, address)) } : undefined;
        }),
      });
      expect(codesOf(report)).toEqual(['addressNotPublic']);
    });
    expect(reached).toEqual([]);
  });

  test('S6: that the name has at the second look only: it is looked up once', async () => {
    let asked = 0;
    const reached = await reachedBy(() =>
      practice.report({
        records: holding([], ({ name, type }) => {
          if (name !== NAME || type !== 'A') return undefined;
          asked += 1;
          // The first question finds the address, the second is for what each name server says.
          return { answers: [a(name, asked === 1 ? '9.9.9.9' : '127.0.0.1')] };
        }),
        servers: { '9.9.9.9': 'ecdsa256' },
      }),
    );
    expect(reached.filter((to) => !to.startsWith('9.9.9.9 '))).toEqual([]);
  });

  test.each(HOSTILE_REDIRECTS)('that a page redirects to: %s', async (location) => {
    const read: string[] = [];
    const page = { status: 302, headers: { location }, body: '' };
    const hops = await walk(new URL(`https://${NAME}/`), page, {
      name: NAME,
      dns: nobodyAnswers(),
      isPublic: (address) => isPublicAddress(address),
      read: async (url) => {
        read.push(url.href);
        return { status: 200, headers: {}, body: '' };
      },
    });
    expect(read).toEqual([]);
    expect(hops.map(({ then }) => then).filter((then) => then === 'followed')).toEqual([]);
  });
});

/** What a server may do to a client that reads: each goes on until the client ends it. */
const PAGES: Record<string, (socket: Socket) => void> = {
  'a head without end': (socket) => forever(socket, () => `X-Header: ${'x'.repeat(4_000)}\r\n`, 'HTTP/1.1 200 OK\r\n'),
  'one line without end': (socket) => forever(socket, () => 'x'.repeat(64_000), 'HTTP/1.1 200 '),
  'a body without end': (socket) => forever(socket, () => 'x'.repeat(64_000), 'HTTP/1.1 200 OK\r\n\r\n'),
  'chunks without end': (socket) =>
    forever(socket, () => '1\r\nx\r\n', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'),
  'informational answers without end': (socket) => forever(socket, () => 'HTTP/1.1 103 Early Hints\r\n\r\n', ''),
  'a length that never comes': (socket) =>
    void socket.write('HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\nx'),
  'two lengths': (socket) => void socket.end('HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx'),
  'bytes that are no HTTP': (socket) => void socket.end(Buffer.alloc(10_000, 0xff)),
  'HTTP/0.9': (socket) => void socket.end('<html>hello</html>'),
  'an upgrade that nobody asked for': (socket) =>
    void socket.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n'),
  'control characters in its headers': (socket) =>
    void socket.end('HTTP/1.1 200 \u001b[31mOK\r\nServer: \u001b]0;x\u0007\r\nContent-Length: 0\r\n\r\n'),
  'half an answer': (socket) => void socket.end('HTTP/1.1 200 OK\r\nContent-Le'),
};

/** Writes as fast as the client reads, until it is gone. */
function forever(socket: Socket, chunk: () => string, head: string): void {
  socket.write(head);
  const more = (): void => {
    while (!socket.destroyed && socket.write(chunk()));
  };
  socket.on('drain', more);
  more();
}

describe('B8: a web server that answers with', () => {
  test.each(Object.entries(PAGES))('%s is left, and the look ends', async (_, answer) => {
    const dial = async (server: ReturnType<typeof createTcpServer>): Promise<() => Socket> =>
      practice.rack.connecting(server);
    const handle = (socket: Socket): void => {
      socket.on('error', () => socket.destroy());
      socket.once('data', () => answer(socket));
    };
    const secure = createTlsServer(await practice.rack.materialOf('ecdsa256'), handle);
    secure.on('tlsClientError', (_error, socket) => socket.destroy());
    const report = await practice.report(
      {
        dials: { '9.9.9.9': await dial(secure) },
        dials80: { '9.9.9.9': await dial(createTcpServer(handle)) },
      },
      { timeoutMs: 1_000 },
    );
    expect(report.verdict).not.toBe('notChecked');
    expect(JSON.stringify(report).length).toBeLessThan(20_000);
  });
});

/** What a name server may say: bytes after the question, in the place of an answer. */
const NAME_SERVERS: Record<string, (question: Buffer, socket: Socket) => void> = {
  silence: () => {},
  'a byte at a time': (_, socket) => {
    const timer = setInterval(() => socket.write('\0'), 20);
    socket.once('close', () => clearInterval(timer));
  },
  'bytes without end': (_, socket) => forever(socket, () => '\xff'.repeat(64_000), ''),
  'a name that points at itself': (question, socket) =>
    void socket.end(framed(answering(question, Buffer.from([0xc0, 12 + question.length])))),
  'names that point at each other': (question, socket) =>
    void socket.end(framed(answering(question, Buffer.from([0xc0, 14 + question.length, 0xc0, 12 + question.length])))),
  'an answer to another question': (question, socket) => {
    const other = Buffer.from(question);
    other.writeUInt16BE(other.readUInt16BE(0) ^ 0xffff, 0);
    socket.end(framed(Buffer.concat([other.subarray(0, 2), Buffer.from([0x84, 0]), other.subarray(4)])));
  },
  'its own question': (question, socket) => void socket.end(framed(question)),
  'a length of nothing': (_, socket) => void socket.end(Buffer.from([0, 0])),
  'half an answer': (question, socket) => void socket.end(framed(question).subarray(0, 9)),
  noise: (_, socket) => void socket.end(framed(Buffer.alloc(200, 0xa5))),
};

const framed = (message: Buffer): Buffer =>
  Buffer.concat([Buffer.from([message.length >> 8, message.length & 255]), message]);

/** The question with the bit of an answer and one record, whose owner is these bytes. */
function answering(question: Buffer, owner: Buffer): Buffer {
  const head = Buffer.from(question.subarray(0, 12));
  head.writeUInt16BE(0x8400, 2);
  head.writeUInt16BE(1, 6);
  return Buffer.concat([
    head,
    question.subarray(12),
    owner,
    Buffer.from([0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 127, 0, 0, 1]),
  ]);
}

describe('B8: a name server that answers with', () => {
  test.each(Object.entries(NAME_SERVERS))('%s costs the look little time', async (_, answer) => {
    const server = createTcpServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.on('data', (chunk: Buffer) => answer(chunk.subarray(2), socket));
    });
    const report = await practice.report(
      { dials53: { '9.9.9.3': await practice.rack.connecting(server) } },
      { dns: { roots: ['198.41.0.4'], timeoutMs: 200, deadlineMs: 2_000 } },
    );
    expect(report.verdict).not.toBe('healthy');
  });

  test('CNAMEs without end is left after 8', async () => {
    const report = await practice.report({
      records: holding([], ({ name, type }) =>
        type === 'A' || type === 'AAAA' ? { answers: [cname(name, `x${name}`)] } : undefined,
      ),
    });
    expect(codesOf(report)).toEqual(['cnameLoop']);
  });
});
