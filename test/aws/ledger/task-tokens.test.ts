import { expect, test } from '@jest/globals';
import { deleteToken, readToken, storeToken } from '../../../aws/ledger/task-tokens.ts';
import { useLedger } from '../../support/ledger.ts';

const ledger = useLedger();
const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012';
const token = { certificateArn, token: 'AAAA', domain: 'shop.example.test', revision: 1, expiresAt: 1_795_000_000 };

test('W5: a token is there as soon as it is stored, and gone once it is used', async () => {
  expect(await readToken(ledger, certificateArn)).toBeUndefined();
  await storeToken(ledger, token);
  expect(await readToken(ledger, certificateArn)).toEqual(token);
  await deleteToken(ledger, certificateArn);
  await deleteToken(ledger, certificateArn);
  expect(await readToken(ledger, certificateArn)).toBeUndefined();
});
