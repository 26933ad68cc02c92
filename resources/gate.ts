import type { Verdict } from '../domain/gates/verdict.ts';
import type { StepName, StepOutputs } from '../domain/ledger/outputs.ts';
import type { Look, Scope } from './resource.ts';

/** What a gate is judged from, besides what is seen. */
export interface GateScope extends Scope {
  /** Whether the step has waited before in this operation: what others may have removed since is read again then. */
  again: boolean;
  /** How long the step has waited in this operation, all its looks together. */
  waitedMs: number;
  /** Whether the execution has restored once what another tool removed. */
  restored: boolean;
}

/**
 * A check that waits. It looks once and never waits itself: the workflow's state of the same name looks again. It changes
 * nothing, so that a plan can look as well. `Ask` is what it looks with besides clients: a resolver, probes.
 */
export interface Gate<Name extends StepName, Sight, Ask extends object = object> {
  name: Name;
  /** Whether it reads the account of the site's zones, under the role that the site may name: a denial there is the role's. */
  inDnsAccount?: true;
  /** Reads what the verdict needs, and no more: what is decided already is not looked at further. */
  look(ask: GateLook & Ask, scope: GateScope): Promise<Sight>;
  /** Pure: `judge.ts` beside it. */
  judge(sight: Sight, scope: GateScope): Verdict<StepOutputs[Name]>;
}

/** What every gate looks with. */
export type GateLook = Pick<Look, 'clients' | 'environment'>;
