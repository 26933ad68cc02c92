import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from '@jest/globals';
import { answerRequest, freeRequest, takeRequest } from '../../../aws/ledger/requests.ts';
import { useLedger } from '../../support/ledger.ts';

const ledger = useLedger();
const request = { key: 'key-1', bodyHash: 'hash-1', request: 'request-1' };
const second = { ...request, request: 'request-2' };
const answer = {
  status: 202,
  headers: { location: '/v1/sites/shop.example.test' },
  body: { domain: 'shop.example.test' },
};
const at = (time: string) => new Date(`2026-11-${time}Z`);
const noon = at('22T12:00:00');

test('a key is taken once, and whoever comes second sees the first', async () => {
  expect(await takeRequest(ledger, request, noon)).toBeUndefined();
  expect(await takeRequest(ledger, { ...second, bodyHash: 'hash-2' }, at('22T12:00:30'))).toMatchObject(request);
});

test('a key gives its answer for a day', async () => {
  await takeRequest(ledger, request, noon);
  await answerRequest(ledger, { key: 'key-1', answer }, noon);
  expect(await takeRequest(ledger, second, at('23T11:59:59'))).toMatchObject({ answer });
  expect(await takeRequest(ledger, second, at('23T12:00:00'))).toBeUndefined();
});

test('W12: an expired key is free although DynamoDB has not removed it yet', async () => {
  await takeRequest(ledger, request, noon);
  await answerRequest(ledger, { key: 'key-1', answer }, noon);
  expect(await takeRequest(ledger, { ...second, bodyHash: 'hash-2' }, at('24T12:00:00'))).toBeUndefined();
});

test('the key of a request that died is free after a minute', async () => {
  await takeRequest(ledger, request, noon);
  expect(await takeRequest(ledger, second, at('22T12:00:59'))).toMatchObject(request);
  expect(await takeRequest(ledger, second, at('22T12:01:00'))).toBeUndefined();
});

test('a key that was freed may be taken at once', async () => {
  await takeRequest(ledger, request, noon);
  await freeRequest(ledger, 'key-1', noon);
  expect(await takeRequest(ledger, second, noon)).toBeUndefined();
});

test('a request that was given up for dead touches the key of its successor no more', async () => {
  await takeRequest(ledger, request, noon);
  const later = at('22T12:05:00');
  await takeRequest(ledger, { ...second, bodyHash: 'hash-2' }, later);
  await freeRequest(ledger, 'key-1', noon);
  await answerRequest(ledger, { key: 'key-1', answer }, noon);
  const found = await takeRequest(ledger, second, later);
  expect(found).toMatchObject({ bodyHash: 'hash-2' });
  expect(found).not.toHaveProperty('answer');
});

test('W11: a request whose take was answered by silence knows its own write when it repeats it', async () => {
  await takeRequest(ledger, request, noon);
  const { documents, table } = ledger;
  // The SDK repeats the put; its condition fails on what the first one wrote.
  const blind = {
    table,
    documents: Object.assign(Object.create(documents), { send: sendWithoutFirstRead(documents) }),
  };
  expect(await takeRequest(blind, request, noon)).toBeUndefined();
});

/** As if nothing had stood there at the first look: what a lost answer amounts to. */
function sendWithoutFirstRead(documents: typeof ledger.documents): typeof documents.send {
  let reads = 0;
  return ((command: GetCommand) =>
    command instanceof GetCommand && reads++ === 0
      ? Promise.resolve({})
      : documents.send(command)) as typeof documents.send;
}
