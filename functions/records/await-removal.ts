import { Route53Client } from '@aws-sdk/client-route-53';
import { client } from '../../aws/clients.ts';
import { readChange } from '../../aws/records/read-change.ts';
import { Failure } from '../../domain/errors.ts';
import { outputOf } from '../outputs.ts';
import { ledgerStep } from '../step.ts';

/** Waits until no name server answers with the records any more. A change that Route 53 has forgotten is long done. */
export const handler = ledgerStep('AwaitRemoval', async ({ record }) => {
  const route53 = client(Route53Client);
  const { changes } = outputOf(record, 'RemoveRecords');
  const told = await Promise.all(changes.map(({ changeId }) => readChange(route53, changeId)));
  if (told.includes('PENDING')) {
    throw new Failure('NotReady', 'Waiting until all name servers of Route 53 have let go of the records');
  }
  return { output: {}, message: 'No name server answers with the records any more' };
});
