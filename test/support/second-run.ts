import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { siteKey } from '../../aws/ledger/keys.ts';
import type { SiteItem } from '../../domain/ledger/site-item.ts';
import { executionName } from '../../domain/sites/execution-name.ts';
import type { OperationName } from '../../domain/sites/life/operations.ts';
import type { Nameplate } from './nameplate.ts';

/**
 * Runs a journey a second time: all its sites, or those named. Every request that was taken under a key is sent again, and every site that has come to
 * its end goes the whole way once more, all its steps: nothing is changed, and it ends as it stood.
 *
 * @throws {Error} naming the calls that changed something
 */
export async function secondRun(nameplate: Nameplate, domains?: readonly string[]): Promise<void> {
  const { aws } = nameplate;
  aws.faults.clear();
  aws.events.faults.clear();
  for (const domain of domains ?? (await nameplate.domains())) {
    const { state, steps, revision } = await nameplate.show(domain);
    if (state !== 'live' && state !== 'undone') continue;
    await repeated(nameplate, domain);
    const released = steps.some((step) => step.name === 'RemoveTargets' && step.revision === revision);
    await gone(nameplate, { domain, state, name: state === 'undone' ? 'undo' : released ? 'change' : 'onboard' });
  }
}

/** The requests again, word for word. */
async function repeated(nameplate: Nameplate, domain: string): Promise<void> {
  // What is still under way of the first run (a notification) is not the second's.
  await nameplate.aws.clock.advance(60_000);
  const mark = nameplate.aws.calls.mark();
  for (const repeat of nameplate.takenFor(domain)) await (await repeat()).text();
  await nameplate.aws.clock.idle();
  const calls = nameplate.mutatingCalls(mark);
  if (calls.length > 0) throw new Error(`12: the requests for "${domain}" a second time made ${calls.join(', ')}`);
}

/** All steps of the operation again, as if its last step had not been reached. */
async function gone(
  nameplate: Nameplate,
  { domain, state, name }: { domain: string; state: string; name: OperationName },
): Promise<void> {
  await reopen(nameplate, domain, name);
  const mark = nameplate.aws.calls.mark();
  const response = await nameplate.act(domain, 'resume');
  if (response.status !== 202) throw new Error(`Cannot run "${domain}" again: ${await response.text()}`);
  const after = await nameplate.ended(domain);
  const calls = nameplate
    .mutatingCalls(mark)
    .filter((call) => !/^(?:dynamodb|states|logs|events|sns|lambda|xray):/.test(call));
  if (calls.length > 0) throw new Error(`12: the steps for "${domain}" a second time made ${calls.join(', ')}`);
  if (after.state !== state)
    throw new Error(`12: "${domain}" was ${state}, a second time it is ${after.state}: ${after.reason?.message}`);
}

/** Has the ledger say that the operation was stopped at its last step, with the approval to retain what it left. */
async function reopen({ aws, ask }: Nameplate, domain: string, name: OperationName): Promise<void> {
  const { TableNames = [] } = await ask<{ TableNames?: string[] }>('dynamodb', 'ListTables');
  const [TableName] = TableNames;
  const credentials = { accessKeyId: 'you', secretAccessKey: 'you' };
  const client = new DynamoDBClient({ endpoint: aws.url, region: aws.region, credentials });
  const documents = DynamoDBDocumentClient.from(client);
  const { Item } = await documents.send(new GetCommand({ TableName, Key: siteKey(domain), ConsistentRead: true }));
  const { revision, updatedAt, left = [] } = Item as SiteItem;
  const execution = executionName(domain, revision, name);
  const last = { name, execution, startedAt: updatedAt, endedAt: updatedAt, retains: left.map(({ id }) => id) };
  await documents.send(new PutCommand({ TableName, Item: { ...Item, state: 'held', last } }));
  client.destroy();
}
