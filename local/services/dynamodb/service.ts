import type { Host } from '../../host.ts';
import type { Service } from '../../wire/service.ts';
import constraints from './constraints.json' with { type: 'json' };
import { continuousBackupsOperations } from './continuous-backups.ts';
import { createDynamo, model } from './dynamo.ts';
import { itemOperations } from './item-operations.ts';
import { createSweeper } from './sweeper.ts';
import { tableOperations } from './table-operations.ts';
import { tagOperations } from './tags.ts';
import { timeToLiveOperations } from './time-to-live.ts';

/**
 * DynamoDB: dynalite, an implementation from npm, behind the same front as every other service. What dynalite lacks and
 * the product needs is answered here: time to live, backups' setting, deletion protection, the item of a failed
 * condition. Transactions are not part of it.
 */
export function createDynamodb(host: Host): { service: Service } {
  const dynamo = createDynamo(host);
  const sweeper = createSweeper(dynamo);
  return {
    service: {
      name: 'dynamodb',
      protocol: 'awsJson1_0',
      model,
      // Of the operations that are answered here; dynalite holds callers of its own to them.
      constraints,
      operations: {
        ...tableOperations(dynamo),
        ...itemOperations(dynamo, sweeper),
        ...timeToLiveOperations(dynamo, sweeper),
        ...continuousBackupsOperations(dynamo),
        ...tagOperations(dynamo),
      },
    },
  };
}
