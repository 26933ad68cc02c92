import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { client } from '../../aws/clients.ts';
import { readEnvironment, readProveFunction } from '../../aws/environment.ts';
import { openLedger } from '../../aws/ledger/ledger.ts';
import { sitesWithPage } from '../../aws/ledger/sites-with-page.ts';
import { loggingHandler } from '../shared/logging/logging-handler.ts';

/** Every hour: has the page of every site looked at, each by a function of its own. */
export const handler = loggingHandler<unknown, void>().handler(async () => {
  const ledger = openLedger(readEnvironment());
  const FunctionName = readProveFunction();
  for await (const domain of sitesWithPage(ledger)) {
    const Payload = Buffer.from(JSON.stringify({ domain }));
    await client(LambdaClient).send(new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload }));
  }
});
