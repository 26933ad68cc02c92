import { expect, test } from '@jest/globals';
import { readSiteItem } from '../../../aws/ledger/read-site.ts';
import { writeSite } from '../../../aws/ledger/write-site.ts';
import { handler } from '../../../functions/sites/claim-undo.ts';
import { useLedger } from '../../support/ledger.ts';
import { context, domain, event, givenSite, theStep } from '../../support/steps.ts';

const ledger = useLedger();

/** The operation before ended so long ago. */
async function endedBefore(seconds: number): Promise<void> {
  const item = await readSiteItem(ledger, domain);
  if (!item) throw new Error('no site');
  const endedAt = new Date(Date.now() - seconds * 1000).toISOString();
  const last = { name: 'onboard' as const, execution: 'before', startedAt: endedAt, endedAt };
  await writeSite(ledger, { ...item, last }, { over: item });
}

test('ClaimUndo goes on when nothing ran before', async () => {
  await givenSite(ledger);
  await handler(event, context);
  expect(await theStep(ledger, 'ClaimUndo')).toMatchObject({ state: 'done' });
});

test('W12: ClaimUndo waits for as long as a function of the stopped operation may still live', async () => {
  await givenSite(ledger);
  await endedBefore(30);
  await expect(handler(event, context)).rejects.toMatchObject({ name: 'NotReady' });
  await endedBefore(40);
  await handler(event, context);
  expect(await theStep(ledger, 'ClaimUndo')).toMatchObject({ state: 'done' });
});

test('ClaimUndo refuses a worker of a revision that is past', async () => {
  await givenSite(ledger, { revision: 2 });
  await expect(handler(event, context)).rejects.toMatchObject({ name: 'Refused' });
});
