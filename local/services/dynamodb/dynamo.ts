import type { Host } from '../../host.ts';
import { type Model, modelOf } from '../../wire/model.ts';
import type { Call, Service } from '../../wire/service.ts';
import type { Written } from '../../wire/written.ts';
import { createEngine, type Engine } from './engine.ts';
import { forward } from './forward.ts';
import { Tables } from './tables.ts';

/** What every operation here stands on. */
export interface Dynamo {
  host: Host;
  tables: Tables;
  /** Calls the engine of a region, and reads its answer. */
  ask<Output>(operation: string, input: object, where: Pick<Call, 'region'>): Promise<Output>;
  /** Calls the engine of a region, whose answer goes on as it is. */
  pass(operation: string, input: object, where: Pick<Call, 'region'>): Promise<Written>;
}

export const model: Service['model'] = () => import('@aws-sdk/client-dynamodb');

export function createDynamo(host: Host): Dynamo {
  const engines = new Map<string, Engine>();
  let known: Promise<Model> | undefined;
  const pass: Dynamo['pass'] = async (operation, input, { region }) => {
    const engine = engines.get(region) ?? createEngine({ account: host.account, region });
    engines.set(region, engine);
    known ??= modelOf({ model } as Service);
    return forward({ engine, model: await known }, operation, input);
  };
  return {
    host,
    tables: new Tables(host.clock),
    ask: async <Output>(...asked: Parameters<Dynamo['pass']>) => (await (await pass(...asked)).read()) as Output,
    pass,
  };
}
