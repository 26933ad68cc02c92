import type { Host } from '../../../host.ts';
import type { Call } from '../../../wire/service.ts';
import type { Engine } from '../execution/execution.ts';
import type { Registry } from '../machines/registry.ts';

/** What the operations share. */
export interface World {
  host: Host;
  registry: Registry;
  engine: Engine;
}

export const stateMachineArn = (name: string, { region, account }: Call): string =>
  `arn:aws:states:${region}:${account}:stateMachine:${name}`;
