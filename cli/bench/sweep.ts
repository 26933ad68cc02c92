import { ACMClient, ListCertificatesCommand } from '@aws-sdk/client-acm';
import {
  type AttributeValue,
  BatchWriteItemCommand,
  DynamoDBClient,
  ListTablesCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { isTurn } from '../../domain/care/turn.ts';
import { type LocalAws, startLocalAws } from '../../local/local-aws.ts';
import { Api } from '../api.ts';
import { isServing, makeWorld } from '../world.ts';
import { startManyCertificates } from './many-certificates.ts';

export const SITES = 10_000;

const HOUR_MS = 3_600_000;

/** What the hourly sweep takes where no site is due, and what one look at a site asks. */
export interface Swept {
  /** By the wall clock, from a cold start to the end. */
  seconds: number;
  /** Of ACM, by operation. */
  certificateCalls: Record<string, number>;
  ledgerReads: number;
  /** Sites that it has had looked at: none is due. */
  looks: number;
  /** Calls of one look at a site behind a load balancer, by service. */
  lookCalls: Record<string, number>;
  /** Of one look with a warm function, by the wall clock. */
  lookSeconds: number;
}

type Item = Record<string, AttributeValue>;

/**
 * Onboards a site and has it looked at, then gives the ledger ten thousand copies of it and of its certificate, and ACM's list as many
 * summaries. The deployed function sweeps with the permissions of its role; DynamoDB is the local one, and ACM's list alone stands in.
 */
export async function measureSweep(assembly: string): Promise<Swept> {
  const acm = await startManyCertificates();
  // At the beginning of an hour: an onboarding ends in the same one.
  const startAt = new Date(Math.floor(Date.now() / HOUR_MS) * HOUR_MS);
  const [domain = '', ...names] = notDue(startAt);
  const aws = await startLocalAws({
    assembly,
    seed: 1,
    speed: 0,
    startAt,
    unluckyShare: 0,
    elsewhere: { AWS_ENDPOINT_URL_ACM: acm.url },
  });
  acm.target = aws.url;
  const at = { endpoint: aws.url, region: aws.region, credentials: { accessKeyId: 'you', secretAccessKey: 'you' } };
  const [lambda, dynamo, certificates] = [new LambdaClient(at), new DynamoDBClient(at), new ACMClient(at)];
  const call = async (name: string, event: object): Promise<void> => {
    const FunctionName = await functionName(lambda, name);
    const { FunctionError, Payload } = await lambda.send(
      new InvokeCommand({ FunctionName, Payload: Buffer.from(JSON.stringify(event)) }),
    );
    if (FunctionError) throw new Error(`${name} failed: ${Buffer.from(Payload ?? []).toString()}`);
  };
  try {
    await onboard(aws, domain);
    await call('CareForSite', { domain });
    const look = await measured(aws, 'CareForSite', () => call('CareForSite', { domain }));

    const TableName = await ledgerName(dynamo);
    const { Items = [] } = await dynamo.send(new ScanCommand({ TableName }));
    const listed = Items.filter(({ gsi1pk }) => gsi1pk?.S === 'CERTIFICATES' || gsi1pk?.S === 'SITES');
    const { CertificateSummaryList: [summary] = [] } = await certificates.send(new ListCertificatesCommand({}));
    const id = summary?.CertificateArn?.split('/').at(-1) ?? '';
    /** The same of another site, whose certificate has an ARN of its own. */
    const copyFor = <Value>(value: Value, name: string, place: number): Value => {
      const text = JSON.stringify(value).replaceAll(domain, name);
      return JSON.parse(text.replaceAll(id, `${id.slice(0, 24)}${String(place).padStart(12, '0')}`)) as Value;
    };
    const items = names.flatMap((name, place) => listed.map((item) => copyFor(item, name, place)));
    await write(dynamo, TableName, items);
    const own = withEpochs({ ...summary });
    acm.list = [own, ...names.map((name, place) => copyFor(own, name, place))];
    const sweep = await measured(aws, 'SweepCare', () => call('SweepCare', {}));
    return {
      seconds: sweep.seconds,
      certificateCalls: Object.fromEntries(acm.calls),
      ledgerReads: sweep.calls['dynamodb'] ?? 0,
      looks: sweep.calls['lambda'] ?? 0,
      lookCalls: look.calls,
      lookSeconds: look.seconds,
    };
  } finally {
    for (const client of [lambda, dynamo, certificates]) client.destroy();
    await aws.close();
    acm.close();
  }
}

async function onboard(aws: LocalAws, domain: string): Promise<void> {
  const world = await makeWorld(aws.url, aws.region);
  await aws.clock.until(() => isServing(aws, world));
  await new Api(aws.apiUrl).declare(JSON.stringify({ domain, origin: { instance: { id: world.instanceId } } }));
  await aws.clock.until(() => aws.states.running().length === 0);
}

/** Domains of sites that are looked at in another hour. */
function notDue(now: Date): string[] {
  const names: string[] = [];
  for (let number = 0; names.length < SITES; number += 1) {
    const name = `shop${number}.bench.test`;
    if (!isTurn(name, now)) names.push(name);
  }
  return names;
}

/** The wall time of a function of ours, and its calls by service. */
async function measured(
  aws: LocalAws,
  name: string,
  act: () => Promise<void>,
): Promise<{ seconds: number; calls: Record<string, number> }> {
  const mark = aws.calls.mark();
  const startedAt = performance.now();
  await act();
  const seconds = (performance.now() - startedAt) / 1000;
  const calls: Record<string, number> = {};
  for (const { principal, service } of aws.calls.since(mark))
    if (principal.includes(`-${name}`)) calls[service] = (calls[service] ?? 0) + 1;
  return { seconds, calls };
}

async function functionName(lambda: LambdaClient, name: string): Promise<string> {
  let Marker: string | undefined;
  do {
    const { Functions = [], NextMarker } = await lambda.send(new ListFunctionsCommand({ ...(Marker && { Marker }) }));
    const found = Functions.find(({ FunctionName = '' }) => FunctionName.includes(`-${name}Function`));
    if (found?.FunctionName) return found.FunctionName;
    Marker = NextMarker;
  } while (Marker);
  throw new Error(`There is no function "${name}"`);
}

async function ledgerName(dynamo: DynamoDBClient): Promise<string> {
  const { TableNames: [name, ...others] = [] } = await dynamo.send(new ListTablesCommand({}));
  if (name === undefined || others.length > 0) throw new Error('The ledger must be the only table');
  return name;
}

async function write(dynamo: DynamoDBClient, table: string, items: readonly Item[]): Promise<void> {
  for (let start = 0; start < items.length; start += 25) {
    const RequestItems = { [table]: items.slice(start, start + 25).map((Item) => ({ PutRequest: { Item } })) };
    const { UnprocessedItems = {} } = await dynamo.send(new BatchWriteItemCommand({ RequestItems }));
    if (Object.keys(UnprocessedItems).length > 0) throw new Error('DynamoDB has not taken all items');
  }
}

/** Instants as ACM's protocol has them: in seconds. */
function withEpochs(summary: object): object {
  const entries = Object.entries(summary).map(([key, value]) => [
    key,
    value instanceof Date ? value.getTime() / 1000 : value,
  ]);
  return Object.fromEntries(entries);
}
