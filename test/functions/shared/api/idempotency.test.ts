import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from '@jest/globals';
import { once } from '../../../../functions/shared/api/idempotency.ts';
import { aRequest } from '../../../support/api-event.ts';
import { useLedger } from '../../../support/ledger.ts';

const ledger = useLedger();

test('what is given up begins nothing when Lambda thaws it for another request (A7)', async () => {
  const frozen = Promise.withResolvers<void>();
  let writing: Promise<unknown> = Promise.resolve();
  const event = aRequest({ method: 'POST', headers: { 'idempotency-key': 'key-1' } });
  // Nothing is left of what a request may take.
  const answer = once({ event, body: '{}', now: new Date(), remaining: () => 0 }, async (_, { documents, table }) => {
    writing = frozen.promise.then(() =>
      documents.send(new PutCommand({ TableName: table, Item: { pk: 'x', sk: 'x' } })),
    );
    await writing;
    return { status: 202, body: {} };
  });
  await expect(answer).rejects.toMatchObject({ problem: { status: 503 }, headers: { 'retry-after': '5' } });
  frozen.resolve();
  await expect(writing).rejects.toThrow('aborted');
  expect(await ledger.everything()).toEqual([]);
});

test('what is answered in time keeps its answer for the key (A7)', async () => {
  const event = aRequest({ method: 'POST', headers: { 'idempotency-key': 'key-1' } });
  const asked = { event, body: '{}', now: new Date(), remaining: () => 30_000 };
  const answer = { status: 202, body: { first: true } };
  expect(await once(asked, async () => answer)).toEqual(answer);
  expect(await once(asked, async () => ({ status: 202, body: { first: false } }))).toEqual(answer);
});
