import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { answerMessage, nothing } from './message.ts';
import type { Question, Reply } from './record.ts';
import type { Resolver } from './resolver.ts';
import { serveStream } from './stream.ts';

const LOOPBACK = '127.0.0.1';
/** UDP ports whose TCP twin may be taken before the front gives up finding a free pair. */
const MAX_TRIES = 20;

/** The door a person's `dig` comes in by. */
export interface DnsFront {
  port: number;
  close(): Promise<void>;
}

/** Answers recursively on one loopback port, over UDP and TCP. Port 0, the default, takes any that is free for both. */
export async function startDnsFront({ resolver, port = 0 }: { resolver: Resolver; port?: number }): Promise<DnsFront> {
  const answer = (question: Question, { recursionDesired }: { recursionDesired: boolean }) =>
    recursionDesired ? recurse(resolver, question) : nothing('REFUSED');
  const { udp, tcp } = await bothOn(port);
  const sockets = new Set<Socket>();
  udp.on('message', (message, { address, port: from }) => {
    void answerMessage(message, { transport: 'udp', recursive: true, answer }).then((response) => {
      if (response && !closed) udp.send(response, from, address, () => {});
    });
  });
  tcp.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    void serveStream(socket, (message) => answerMessage(message, { transport: 'tcp', recursive: true, answer }));
  });
  let closed = false;
  return {
    port: udp.address().port,
    close: async () => {
      closed = true;
      for (const socket of sockets) socket.destroy();
      await Promise.all([new Promise<void>((done) => udp.close(done)), new Promise((done) => tcp.close(done))]);
    },
  };
}

async function recurse(resolver: Resolver, { name, type }: Question): Promise<Reply> {
  const { rcode, answers, authorities } = await resolver.resolve(name, type);
  const asked = name.toLowerCase();
  const spelled = answers.map((record) => (record.name === asked ? { ...record, name } : record));
  return { rcode, answers: spelled, authorities, additionals: [] };
}

async function bothOn(wanted: number): Promise<{ udp: UdpSocket; tcp: Server }> {
  for (let attempt = 1; ; attempt++) {
    const tcp = createServer();
    tcp.listen(wanted, LOOPBACK);
    await once(tcp, 'listening');
    const udp = createSocket('udp4');
    try {
      udp.bind((tcp.address() as AddressInfo).port, LOOPBACK);
      await once(udp, 'listening');
      return { udp, tcp };
    } catch (error) {
      udp.close();
      tcp.close();
      if (wanted !== 0 || attempt === MAX_TRIES) throw error;
    }
  }
}
