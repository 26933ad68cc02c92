import type { Context } from 'aws-lambda';
import { client } from '../../../aws/clients.ts';
import type { Resolver } from '../../../aws/dns/resolver.ts';
import { oneLook } from '../../../aws/one-look.ts';
import { type Change, isActive, type Phase } from '../../../domain/changes/change.ts';
import { Failure } from '../../../domain/errors.ts';
import { retainedBy } from '../../../domain/ledger/left.ts';
import type { Made, MadeType } from '../../../domain/ledger/made.ts';
import { goneOf } from '../../../domain/ledger/made-of.ts';
import {
  doneIn,
  outputIfDone,
  outputOf,
  type RemovingStep,
  type StepName,
  type StepOutputs,
} from '../../../domain/ledger/outputs.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import { asKept, isKept } from '../../../domain/removal/kept.ts';
import { desiredDocument } from '../../../domain/sites/life/standing.ts';
import type { Applying, Doing, Outcome, Resource, Scope } from '../../../resources/resource.ts';
import { inDnsAccount } from './role-denial.ts';
import { type Act, ledgerStep, type StepContext, type StepEvent, type StepResult, step } from './step.ts';

/** A step as Lambda calls it. */
type Handler<Output> = (event: StepEvent, context: Context) => Promise<Output>;

/** How the changes of one phase are made. */
interface Part<Desired, Actual, Handles extends object> {
  resource: Resource<Desired, Actual, Handles>;
  applying: Applying<Desired, Actual>;
  /** Where name servers are asked. */
  newResolver?: (() => Resolver) | undefined;
}

/** The step that makes what the document asks for; its output is what the resource tells later ones. Nothing is asked for what is not desired. */
export function preparing<Name extends StepName, Desired, Actual>(
  name: Name,
  resource: Resource<Desired, Actual, StepOutputs[Name]>,
  applying: Applying<Desired, Actual>,
  newResolver?: () => Resolver,
): Handler<StepOutputs[Name]> {
  return step(name, async (context) => {
    const scope = scopeOf(context);
    if (resource.desired(scope).length === 0) {
      const output = resource.handles([], undefined, scope);
      if (!output) throw new Error(`Cannot prepare a ${resource.type} of "${scope.owner.domain}": the site needs none`);
      return { output, message: `The site needs no ${resource.type}` };
    }
    return made<StepOutputs[Name], Desired, Actual>('prepare', { resource, applying, newResolver, context, scope });
  });
}

/** A step that makes the changes of a phase, and tells what it has made. */
const making =
  (phase: Phase) =>
  <Name extends StepName, Desired, Actual>(
    name: Name,
    part: Part<Desired, Actual, Partial<StepOutputs[Name]>>,
  ): Handler<StepOutputs[Name]> =>
    step(name, (context) =>
      made<StepOutputs[Name], Desired, Actual>(phase, { ...part, context, scope: scopeOf(context) }),
    );

/** The step that adds what a resource is to have beside what is there, where its first step only looks. */
export const adding = making('prepare');

/** The step that moves traffic to what was prepared. */
export const shifting = making('shift');

/**
 * The step that only reads, and stops at what is in the way before anything costs. Changes nothing but the ledger, and so runs
 * while all changes are stopped.
 */
export function checking<Name extends StepName, Desired, Actual>(
  name: Name,
  {
    resource,
    message,
    newResolver,
  }: Pick<Part<Desired, Actual, object>, 'resource' | 'newResolver'> & {
    /** What was found, for the timeline. */
    message: (actual: Actual, scope: Scope) => string;
  },
): Handler<Record<string, never>> {
  return ledgerStep(name, async (context) => {
    const scope = scopeOf(context);
    const doing = doingIn(context, { scope, phase: 'prepare', newResolver });
    const found = await inDnsAccount(resource, context, async () => {
      const actual = await resource.read({ ...doing, clients: oneLook() }, scope);
      decided(resource.changes(resource.desired(scope), actual, scope));
      return actual;
    });
    return { output: {} as StepOutputs[Name], message: message(found, scope) };
  }) as Handler<Record<string, never>>;
}

/**
 * The step that removes what the document does not ask for, and tells what it has retained.
 *
 * @throws {Error} when the step that prepares the resource is not done: nothing may be released then
 */
export function releasing<Name extends RemovingStep, Desired, Actual>(
  name: Name,
  {
    after,
    orAfter,
    ...part
  }: Part<Desired, Actual, object> & {
    /** The step that prepares it, where the document asks for it. */
    after: StepName;
    /** The step that does so for sites that need only what that prepares. */
    orAfter?: StepName;
  },
): Handler<StepOutputs[Name]> {
  return step(name as RemovingStep, async (context) => {
    const scope = scopeOf(context);
    // Whatever the document asks for, what its edge needs was prepared by then.
    if (scope.site && !(orAfter && outputIfDone(context.record, orAfter))) {
      outputOf(context.record, part.resource.desired(scope).length > 0 ? after : 'ReserveAddress');
    }
    const { desired, actual, message, list, outcome } = await applied('release', { ...part, context, scope });
    const { type, parts: further = [] } = part.resource;
    const stays = part.applying.standing(desired, actual, scope).map(({ id }) => id);
    const types = [type, ...further];
    const gone = outcome.gone ?? types.flatMap((each) => goneOf(context.record, each, stays));
    return {
      gone: [...gone, ...types.flatMap((each) => keptIn(context.record, each, scope))],
      output: { left: list.flatMap(retainedBy), ...outcome.output },
      message,
    };
  }) as unknown as Handler<StepOutputs[Name]>;
}

/** The phases of a resource as one function: the workflow says which in the event. */
export function byPhase<Outputs extends Partial<Record<Act, unknown>>>(
  phases: {
    [Key in keyof Outputs]: Handler<Outputs[Key]>;
  },
): Handler<Outputs[keyof Outputs]> {
  return (event, context) => {
    const found = phases[event.phase as keyof Outputs];
    if (!found) throw new Error(`Cannot run the step: its event has the phase "${event.phase}"`);
    return found(event, context);
  };
}

interface Making<Desired, Actual, Handles extends object> extends Part<Desired, Actual, Handles> {
  context: StepContext;
  scope: Scope;
}

/** What a phase that adds or moves has made, as its step tells it. */
async function made<Output extends object, Desired, Actual>(
  phase: Phase,
  making: Making<Desired, Actual, object>,
): Promise<StepResult<Output>> {
  const { resource, applying, scope } = making;
  const { desired, actual, message, outcome } = await applied(phase, making);
  return {
    made: applying.standing(desired, actual, scope),
    output: { ...resource.handles(desired, actual, scope), ...outcome.output } as Output,
    message,
  };
}

interface AppliedPhase<Desired, Actual> {
  desired: Desired[];
  actual: Actual;
  list: Change[];
  message: string;
  outcome: Outcome;
}

/** Makes what is due of a phase, one change after the other, each decided from what is there after the one before. */
async function applied<Desired, Actual>(
  phase: Phase,
  making: Making<Desired, Actual, object>,
): Promise<AppliedPhase<Desired, Actual>> {
  const doing = doingIn(making.context, { ...making, phase, newResolver: making.newResolver });
  try {
    return await applyDue(phase, making, doing);
  } catch (error) {
    throw making.applying.explain?.(error, doing) ?? error;
  }
}

function applyDue<Desired, Actual>(
  phase: Phase,
  { resource, applying, context, scope }: Making<Desired, Actual, object>,
  doing: Doing,
): Promise<AppliedPhase<Desired, Actual>> {
  return inDnsAccount(resource, context, async () => {
    await applying.before?.(doing);
    const desired = resource.desired(scope);
    let actual: Actual = await resource.read({ ...doing, clients: oneLook() }, scope);
    applying.checkComplete?.(actual, doing);
    const unmarked: Change[] = [];
    const decide = (): Change[] =>
      asKept(decided(resource.changes(desired, actual, scope)), scope.keeps, context.record).filter(
        ({ verb, resource: { type, id } }) =>
          !unmarked.some((each) => each.verb === verb && each.resource.type === type && each.resource.id === id),
      );
    let list = decide();
    const messages: string[] = [];
    const most = due(list, phase).length;
    for (let [next] = due(list, phase); next; [next] = due(list, phase)) {
      if (messages.length === most)
        throw new Error(`Cannot apply "${next.message}": it is due again after it was made`);
      if (next.verb === 'unmark') {
        await applying.unmark?.(next, actual, doing);
        unmarked.push(next);
        messages.push(next.message);
      } else {
        const done = await applying.apply(next, actual, doing);
        messages.push(done.message);
        actual = done.actual;
      }
      list = decide();
      if (phase !== 'release' && due(list, phase).length > 0) {
        await context.keep(...applying.standing(desired, actual, scope));
      }
    }
    await applying.after?.(actual, doing);
    const outcome = (await applying.outcome?.(actual, doing)) ?? {};
    const asItIs = list
      .filter((change) => change.phase === phase && change.verb === 'keep')
      .map(({ message }) => message);
    const message = outcome.message ?? [...(messages.length > 0 ? messages : asItIs)].join('; ');
    return { desired, actual, list, message: message || `No ${resource.type} is to be released`, outcome };
  });
}

const due = (list: readonly Change[], phase: Phase): Change[] =>
  list.filter((change) => change.phase === phase && isActive(change));

/** @throws {Failure} "Conflict" with all that is in the way, whichever phase it is of: the operation stops before its next call */
function decided(list: Change[]): Change[] {
  const conflicts = list.filter(({ verb }) => verb === 'conflict').map(({ message }) => message);
  if (conflicts.length > 0) throw new Failure('Conflict', [...new Set(conflicts)].join('. '));
  return list;
}

/** What is kept of a type is the site's no more; of records their step says so. */
function keptIn(record: SiteRecord, type: MadeType, { keeps }: Scope): Made[] {
  return type === 'record' ? [] : goneOf(record, type, []).filter((made) => isKept(keeps, made));
}

export function scopeOf({ item, site, record, environment, now }: StepContext): Scope {
  return {
    owner: { domain: site.domain, stack: environment.stackName },
    site: desiredDocument(item),
    record,
    known: doneIn(record),
    retained: doneIn(record).CheckRemoval?.retained ?? [],
    ...(item.operation?.retainsZone && { retainsZone: true }),
    ...(item.operation?.keeps && { keeps: item.operation.keeps }),
    now,
  };
}

function doingIn(
  { event, environment, ledger, previous, item, keep, takeBack }: StepContext,
  { scope, phase, newResolver }: { scope: Scope; phase: Phase; newResolver: (() => Resolver) | undefined },
): Doing {
  const dns = newResolver?.();
  const revision = item.revision;
  return {
    clients: client,
    environment,
    ledger,
    scope,
    restored: event.restored === true,
    phase,
    previous,
    revision,
    keep,
    takeBack,
    ...(dns && { dns }),
  };
}
