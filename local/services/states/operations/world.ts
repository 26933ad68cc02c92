import type { Host } from '../../../host.ts';
import type { PolicyDocument } from '../../../permissions/policy.ts';
import type { Call } from '../../../wire/service.ts';
import type { Engine } from '../execution/execution.ts';
import type { Registry } from '../machines/registry.ts';

/** What the operations share. */
export interface World {
  host: Host;
  registry: Registry;
  engine: Engine;
  /** Who may assume a role; undefined for a role that does not exist. Without it every role lets Step Functions. */
  trustOf?: ((roleArn: string) => PolicyDocument | undefined) | undefined;
}

export const stateMachineArn = (name: string, { region, account }: Call): string =>
  `arn:aws:states:${region}:${account}:stateMachine:${name}`;
