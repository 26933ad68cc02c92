import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as full from 'dns-packet';
import { type Answer, encode, type Packet } from 'dns-packet';
import { build } from 'esbuild';
import { leanDnsPacket } from '../../infra/lean-dns-packet.ts';
import { root } from '../support/paths.ts';

let folder: string;
let lean: Pick<typeof full, 'decode' | 'streamEncode'>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dns-packet-'));
  const outfile = join(folder, 'lean.cjs');
  await build({
    stdin: { contents: "export { decode, streamEncode } from 'dns-packet'", resolveDir: root },
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    plugins: [leanDnsPacket],
    mainFields: ['module', 'main'],
  });
  lean = createRequire(import.meta.url)(outfile) as typeof lean;
});
afterAll(() => rmSync(folder, { recursive: true }));

const name = 'www.example.com';

const READ: Answer[] = [
  { name, type: 'A', ttl: 60, data: '192.0.2.1' },
  { name, type: 'AAAA', ttl: 60, data: '2001:db8::1' },
  { name, type: 'CNAME', ttl: 60, data: 'other.example.com' },
  { name, type: 'DNAME', ttl: 60, data: 'other.example.com' },
  { name, type: 'NS', ttl: 60, data: 'ns1.example.com' },
  { name, type: 'PTR', ttl: 60, data: 'ptr.example.com' },
  { name, type: 'TXT', ttl: 60, data: [Buffer.from('v=spf1 -all'), Buffer.from('more')] },
  { name, type: 'MX', ttl: 60, data: { preference: 10, exchange: 'mail.example.com' } },
  { name, type: 'SRV', ttl: 60, data: { priority: 1, weight: 2, port: 443, target: 'srv.example.com' } },
  { name, type: 'CAA', ttl: 60, data: { flags: 0, tag: 'issue', value: 'amazon.com' } },
  {
    name,
    type: 'SOA',
    ttl: 60,
    data: {
      mname: 'ns1.example.com',
      rname: 'host.example.com',
      serial: 1,
      refresh: 2,
      retry: 3,
      expire: 4,
      minimum: 5,
    },
  },
];

const UNREAD: Answer[] = [
  { name, type: 'DS', ttl: 60, data: { keyTag: 1, algorithm: 8, digestType: 2, digest: Buffer.alloc(32, 7) } },
  { name, type: 'DNSKEY', ttl: 60, data: { flags: 257, algorithm: 8, key: Buffer.from('key') } },
  {
    name,
    type: 'RRSIG',
    ttl: 60,
    data: {
      typeCovered: 'A',
      algorithm: 8,
      labels: 3,
      originalTTL: 60,
      expiration: 2,
      inception: 1,
      keyTag: 1,
      signersName: 'example.com',
      signature: Buffer.from('signature'),
    },
  },
  { name, type: 'NSEC', ttl: 60, data: { nextDomain: 'a.example.com', rrtypes: ['A', 'TXT'] } },
  { name, type: 'HINFO', ttl: 60, data: { cpu: 'a', os: 'b' } },
  { name, type: 'NULL', ttl: 60, data: Buffer.from('nothing') },
  { name, type: 'RP', ttl: 60, data: { mbox: 'host.example.com', txt: 'txt.example.com' } },
];

const message = (answers: Answer[], additionals: Answer[] = []): Buffer =>
  encode({
    type: 'response',
    id: 7,
    questions: [{ name, type: 'A', class: 'IN' }],
    answers,
    additionals,
  } as Packet);

describe("a bundle's dns-packet", () => {
  test('reads every record that functions read as the package does', () => {
    const received = message(READ);
    // What it does not read is undefined, which toEqual() takes for absent.
    expect(lean.decode(received)).toEqual({ ...full.decode(received), opcode: undefined });
  });

  test.each(UNREAD.map((answer) => [answer.type, answer] as const))('passes over the data of %s', (type, unread) => {
    const received = message([unread, ...READ]);
    const { answers: [first, ...others] = [] } = lean.decode(received);
    expect(first).toMatchObject({ name, type, ttl: 60, data: expect.any(Uint8Array) });
    expect(others).toEqual(full.decode(received).answers?.slice(1));
  });

  test('passes over EDNS options', () => {
    const options = {
      type: 'OPT',
      name: '.',
      udpPayloadSize: 4096,
      extendedRcode: 0,
      ednsVersion: 0,
      flags: 0,
      options: [],
    };
    const received = message(READ, [options as unknown as Answer, READ[0] as Answer]);
    const { additionals = [] } = lean.decode(received);
    expect(additionals[0]).toMatchObject({ name: '.', type: 'OPT' });
    expect(additionals[1]).toEqual(full.decode(received).additionals?.[1]);
  });

  test('asks every question as the package does', () => {
    for (const type of ['A', 'AAAA', 'NS', 'SOA', 'CNAME', 'TXT', 'MX', 'CAA', 'SRV', 'DS', 'DNSKEY'] as const) {
      const asked = () => ({ type: 'query', id: 7, questions: [{ name, type, class: 'IN' }] }) as Packet;
      expect(lean.streamEncode(asked())).toEqual(full.streamEncode(asked()));
    }
  });
});
