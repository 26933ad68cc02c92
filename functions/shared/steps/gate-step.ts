import type { Context } from 'aws-lambda';
import { client } from '../../../aws/clients.ts';
import { Failure } from '../../../domain/errors.ts';
import { looksInGrace, WHEN_GRACE_ENDS } from '../../../domain/gates/grace-period.ts';
import type { Verdict } from '../../../domain/gates/verdict.ts';
import type { StepName, StepOutputs } from '../../../domain/ledger/outputs.ts';
import { waitedMs } from '../../../domain/ledger/waited.ts';
import type { Gate, GateScope } from '../../../resources/gate.ts';
import { scopeOf } from './resource-step.ts';
import { inDnsAccount } from './role-denial.ts';
import { ledgerStep, type StepContext, type StepEvent, type StepResult } from './step.ts';

/** What the step of a gate writes down, which a gate itself does not. */
interface LedgerWrites<Sight, Event extends StepEvent> {
  /** Before it looks: what must not be lost when the look fails. */
  before?: (context: StepContext<Event>) => Promise<void>;
  /** What was seen, whatever the verdict. */
  remember?: (sight: Sight, scope: GateScope, context: StepContext) => Promise<void>;
}

/** The step of a gate: one look, one verdict. It changes nothing but the ledger, and goes on while all changes are stopped. */
export function gateStep<Name extends StepName, Sight, Ask extends object, Event extends StepEvent = StepEvent>(
  gate: Gate<Name, Sight, Ask>,
  ask: (context: StepContext) => Ask,
  { before, remember }: LedgerWrites<Sight, Event> = {},
): (event: Event, context: Context) => Promise<StepOutputs[Name]> {
  return ledgerStep<Name, Event>(gate.name, async (context) => {
    const scope = gateScopeOf(context);
    await before?.(context);
    const look = { clients: client, environment: context.environment, ...ask(context) };
    const sight = await inDnsAccount(gate, context, () => gate.look(look, scope));
    await remember?.(sight, scope, context);
    return passed(gate.judge(sight, scope), context);
  });
}

/**
 * What a verdict is for the workflow.
 *
 * @throws {Failure} "NotReady" while the gate is closed or may settle, "Missing" or "Awaited" where an earlier state makes anew what
 * is waited for, at once or later, and what waiting cannot help
 */
function passed<Output>(verdict: Verdict<Output>, { previous, item, now }: StepContext): StepResult<Output> {
  const { message } = verdict;
  switch (verdict.state) {
    case 'open':
      return { output: verdict.output, message };
    case 'closed':
      throw new Failure('NotReady', message, verdict.until && { until: verdict.until });
    case 'ailing': {
      const looks = looksInGrace(previous, { revision: item.revision, now });
      if (looks === undefined) throw new Failure('Misconfigured', verdict.failure);
      throw new Failure('NotReady', `${message}. ${WHEN_GRACE_ENDS}`, { looks });
    }
    case 'redo':
      throw verdict.at ? new Failure('Awaited', message, { until: verdict.at }) : new Failure('Missing', message);
    case 'failed':
      throw new Failure(verdict.name, message);
  }
}

function gateScopeOf(context: StepContext): GateScope {
  const { event, item, previous, now } = context;
  return {
    ...scopeOf(context),
    again: previous?.revision === item.revision && previous.state === 'waiting',
    waitedMs: waitedMs(previous, { revision: item.revision, now }),
    restored: event.restored === true,
  };
}
