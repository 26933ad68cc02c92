import { describe, expect, jest, test } from '@jest/globals';
import { decode, encode, type Packet, RECURSION_DESIRED, type RecordType } from 'dns-packet';
import fc from 'fast-check';
import { type Answering, answerMessage } from '../../../local/dns/message.ts';
import { anAuthority, aSet, aZone } from './zone-builder.ts';

const many = Array.from({ length: 100 }, (_, index) => `203.0.113.${index}`);
const authority = anAuthority(
  aZone('example.test', { 'example.test': [aSet('A', '203.0.113.1')], 'many.example.test': [aSet('A', ...many)] }),
);
const answering: Answering = { transport: 'udp', answer: (question) => authority.answer(question) };

/** A query with everything a query has. */
function aQuery({
  name = 'example.test',
  kind = 'A',
  ...rest
}: { name?: string; kind?: string } & Packet = {}): Buffer {
  return encode({
    type: 'query',
    id: 7,
    flags: RECURSION_DESIRED,
    questions: [{ name, type: kind as RecordType }],
    ...rest,
  });
}

async function answered(query: Buffer, options: Partial<Answering> = {}) {
  const bytes = await answerMessage(query, { ...answering, ...options });
  if (!bytes) throw new Error('nothing came back');
  return { bytes, ...decode(bytes), rcode: (decode(bytes) as { rcode?: string }).rcode };
}

const edns = (udpPayloadSize: number, ednsVersion = 0): Packet => ({
  additionals: [
    { name: '.', type: 'OPT', udpPayloadSize, ednsVersion, extendedRcode: 0, flags: 0, flag_do: false, options: [] },
  ],
});

describe('answerMessage()', () => {
  test('answers under the id of the question, with its flags', async () => {
    const answer = await answered(aQuery());
    expect(answer).toMatchObject({
      id: 7,
      rcode: 'NOERROR',
      flag_qr: true,
      flag_aa: true,
      flag_rd: true,
      flag_ra: false,
    });
  });

  test('says that recursion is available where it is', async () => {
    expect(await answered(aQuery(), { recursive: true })).toMatchObject({ flag_ra: true });
  });

  test('truncates what does not fit into 512 bytes over UDP, and not over TCP', async () => {
    const udp = await answered(aQuery({ name: 'many.example.test' }));
    expect(udp).toMatchObject({ flag_tc: true, answers: [] });
    const tcp = await answered(aQuery({ name: 'many.example.test' }), { transport: 'tcp' });
    expect(tcp).toMatchObject({ flag_tc: false });
    expect(tcp.answers).toHaveLength(100);
  });

  test('sends up to 1232 bytes to who says it takes that much (EDNS)', async () => {
    const wide = anAuthority(aZone('example.test', { 'example.test': [aSet('A', ...many.slice(0, 20))] }));
    const answer = (question: { name: string; type: string }) => wide.answer(question);
    expect(await answered(aQuery(), { answer })).toMatchObject({ flag_tc: true });
    expect(await answered(aQuery(edns(4096)), { answer })).toMatchObject({
      flag_tc: false,
      additionals: [{ type: 'OPT', udpPayloadSize: 1232 }],
    });
    expect(await answered(aQuery(edns(100)), { answer })).toMatchObject({ flag_tc: true });
  });

  test('refuses a version of EDNS it does not speak with BADVERS', async () => {
    expect(await answered(aQuery(edns(1232, 1)))).toMatchObject({ answers: [], additionals: [{ extendedRcode: 1 }] });
  });

  test('an unknown type of a name that exists is NODATA', async () => {
    expect(await answered(aQuery({ kind: 'UNKNOWN_65' }))).toMatchObject({ rcode: 'NOERROR', answers: [] });
  });

  test('another opcode is NOTIMP, another class and a zone transfer are REFUSED', async () => {
    expect(await answered(aQuery({ flags: 2 << 11 }))).toMatchObject({ rcode: 'NOTIMP' });
    expect(await answered(aQuery({ questions: [{ name: 'version.bind', type: 'TXT', class: 'CH' }] }))).toMatchObject({
      rcode: 'REFUSED',
    });
    expect(await answered(aQuery({ kind: 'AXFR' }))).toMatchObject({ rcode: 'REFUSED' });
  });

  test('no question, two questions and bytes that cannot be read are FORMERR', async () => {
    expect(await answered(aQuery({ questions: [] }))).toMatchObject({ rcode: 'FORMERR' });
    const two = [
      { name: 'a.test', type: 'A' as const },
      { name: 'b.test', type: 'A' as const },
    ];
    expect(await answered(aQuery({ questions: two }))).toMatchObject({ rcode: 'FORMERR' });
    expect(await answered(aQuery().subarray(0, 20))).toMatchObject({ id: 7, rcode: 'FORMERR' });
  });

  test('answers no answer: two servers would never stop', async () => {
    const response = encode({ type: 'response', id: 7, questions: [{ name: 'example.test', type: 'A' }] });
    expect(await answerMessage(response, answering)).toBeUndefined();
    expect(await answerMessage(response.subarray(0, 14), answering)).toBeUndefined();
  });

  test('says nothing to what has no header', async () => {
    expect(await answerMessage(Buffer.from('hello'), answering)).toBeUndefined();
  });

  test('says SERVFAIL when the answer cannot be made, and prints the mistake', async () => {
    const printed = jest.spyOn(console, 'error').mockImplementation(() => {});
    const answer = () => Promise.reject(new Error('our mistake'));
    expect(await answered(aQuery(), { answer })).toMatchObject({ rcode: 'SERVFAIL', answers: [] });
    expect(printed).toHaveBeenCalledWith(new Error('our mistake'));
    printed.mockRestore();
  });

  test('survives any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 80 }), async (bytes) => {
        const answer = await answerMessage(Buffer.from(bytes), answering);
        if (answer) expect(answer.readUInt16BE(2) & 0x8000).toBe(0x8000);
      }),
      { numRuns: 2000 },
    );
  });

  test('survives a query with any byte changed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(aQuery(edns(1232)).length - 1), fc.nat(255), async (at, value) => {
        const query = aQuery(edns(1232));
        query[at] = value;
        await answerMessage(query, answering);
      }),
      { numRuns: 2000 },
    );
  });
});
