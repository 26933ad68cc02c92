import type { AttributeValue, DescribeTableCommandOutput, ScanCommandOutput } from '@aws-sdk/client-dynamodb';
import type { Timer } from '../../clock/clock.ts';
import { AwsError } from '../../wire/service.ts';
import type { Dynamo } from './dynamo.ts';
import type { Table } from './tables.ts';

/**
 * How long after its expiry an item goes, in seconds. AWS promises "within a few days" and takes hours at most times.
 * Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html; checked 2026-11-22.
 */
const LATE_SECONDS = { min: 10 * 60, max: 6 * 3600 };

/** What expired longer ago than this is taken for a mistake and stays. Source: as above. */
const OLDEST_SECONDS = 5 * 365 * 24 * 3600;

/** Deletes expired items, late as AWS does. */
export interface Sweeper {
  /** Items of the table may have changed. */
  written(tableName: string, region: string): void;
}

/** One timer for a table while it holds items that will expire, none otherwise. */
export function createSweeper(dynamo: Dynamo): Sweeper {
  const { host, tables, ask } = dynamo;
  const timers = new Map<Table, Timer>();

  function schedule(table: Table, expiresAtMs: number): void {
    const late = host.draws.seconds('dynamodb:expire', table.name, LATE_SECONDS) * 1000;
    const inMs = Math.max(0, expiresAtMs - host.clock.now().getTime()) + late;
    timers.set(
      table,
      host.clock.after(inMs, async () => {
        timers.delete(table);
        if (tables.find(table.name, table.region) === table) await sweep(table);
      }),
    );
  }

  async function sweep(table: Table): Promise<void> {
    const attribute = table.timeToLive?.enabled ? table.timeToLive.attribute : undefined;
    if (attribute === undefined) return;
    const expiring = await expiringItems(dynamo, table, attribute);
    const now = host.clock.now().getTime() / 1000;
    const due = expiring.filter(({ expiresAt }) => expiresAt <= now && expiresAt > now - OLDEST_SECONDS);
    for (const { key, expiresAt } of due) await expire(table, { key, attribute, expiresAt });
    const next = Math.min(...expiring.map(({ expiresAt }) => expiresAt).filter((expiresAt) => expiresAt > now));
    if (Number.isFinite(next) && !timers.has(table)) schedule(table, next * 1000);
  }

  /** Deletes the item unless somebody has prolonged its life meanwhile. */
  async function expire(
    table: Table,
    { key, attribute, expiresAt }: { key: Record<string, AttributeValue>; attribute: string; expiresAt: number },
  ): Promise<void> {
    const condition = {
      ConditionExpression: '#expires = :seen',
      ExpressionAttributeNames: { '#expires': attribute },
      ExpressionAttributeValues: { ':seen': { N: String(expiresAt) } },
    };
    try {
      await ask('DeleteItem', { TableName: table.name, Key: key, ...condition }, table);
    } catch (error) {
      if (!(error instanceof AwsError) || error.code !== 'ConditionalCheckFailedException') throw error;
    }
  }

  return {
    written(tableName, region) {
      const table = tables.find(tableName, region);
      if (table?.timeToLive?.enabled && !timers.has(table)) schedule(table, host.clock.now().getTime());
    },
  };
}

async function expiringItems({ ask }: Dynamo, table: Table, attribute: string) {
  const { Table: description } = await ask<DescribeTableCommandOutput>(
    'DescribeTable',
    { TableName: table.name },
    table,
  );
  const keys = description?.KeySchema?.map(({ AttributeName = '' }) => AttributeName) ?? [];
  const items: { key: Record<string, AttributeValue>; expiresAt: number }[] = [];
  let start: Record<string, AttributeValue> | undefined;
  do {
    const page: ScanCommandOutput = await ask(
      'Scan',
      { TableName: table.name, ...(start ? { ExclusiveStartKey: start } : {}) },
      table,
    );
    for (const item of page.Items ?? []) {
      const expiresAt = Number(item[attribute]?.N);
      if (Number.isNaN(expiresAt)) continue;
      items.push({ key: Object.fromEntries(keys.map((key) => [key, item[key] as AttributeValue])), expiresAt });
    }
    start = page.LastEvaluatedKey;
  } while (start);
  return items;
}
