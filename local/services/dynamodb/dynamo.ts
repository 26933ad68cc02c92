import type { Host } from '../../host.ts';
import { type Model, modelOf } from '../../wire/model.ts';
import type { Call, Service } from '../../wire/service.ts';
import { createEngine, type Engine } from './engine.ts';
import { forward } from './forward.ts';
import { Tables } from './tables.ts';

/** What every operation here stands on. */
export interface Dynamo {
  host: Host;
  tables: Tables;
  /** Calls the engine of a region. */
  ask<Output>(operation: string, input: object, where: Pick<Call, 'region'>): Promise<Output>;
}

export const model: Service['model'] = () => import('@aws-sdk/client-dynamodb');

export function createDynamo(host: Host): Dynamo {
  const engines = new Map<string, Engine>();
  let known: Promise<Model> | undefined;
  return {
    host,
    tables: new Tables(host.clock),
    async ask(operation, input, { region }) {
      const engine = engines.get(region) ?? createEngine({ account: host.account, region });
      engines.set(region, engine);
      known ??= modelOf({ model } as Service);
      return forward({ engine, model: await known }, operation, input);
    },
  };
}
