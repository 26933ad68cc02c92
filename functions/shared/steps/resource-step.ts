import type { Context } from 'aws-lambda';
import { client } from '../../../aws/clients.ts';
import { oneLook } from '../../../aws/one-look.ts';
import { type Change, isActive, type Phase } from '../../../domain/changes/change.ts';
import { Failure } from '../../../domain/errors.ts';
import { goneOf } from '../../../domain/ledger/made-of.ts';
import { outputOf, type RemovingStep, type StepName, type StepOutputs } from '../../../domain/ledger/outputs.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import { desiredDocument } from '../../../domain/sites/life/standing.ts';
import type { Applying, Doing, Resource, Scope } from '../../../resources/resource.ts';
import { type StepContext, type StepEvent, step } from './step.ts';

/** A step as Lambda calls it. */
type Handler<Output> = (event: StepEvent, context: Context) => Promise<Output>;

/** The step that makes what the document asks for; its output is what the resource tells later ones. Nothing is asked for what is not desired. */
export function preparing<Name extends StepName, Desired, Actual>(
  name: Name,
  resource: Resource<Desired, Actual, StepOutputs[Name]>,
  applying: Applying<Desired, Actual>,
): Handler<StepOutputs[Name]> {
  return step(name, async (context) => {
    const scope = scopeOf(context);
    if (resource.desired(scope).length === 0) {
      const output = resource.handles([], undefined, scope);
      return { output, message: `The site needs no ${resource.type}` };
    }
    const { desired, actual, message } = await applied('prepare', { resource, applying, context, scope });
    return {
      made: applying.standing(desired, actual, scope),
      output: resource.handles(desired, actual, scope),
      message,
    };
  });
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
    ...parts
  }: {
    resource: Resource<Desired, Actual, object>;
    applying: Applying<Desired, Actual>;
    /** The step that prepares it. */
    after: StepName;
  },
): Handler<Pick<StepOutputs[Name], 'left'>> {
  return step(name as RemovingStep, async (context) => {
    const scope = scopeOf(context);
    if (scope.site) outputOf(context.record, after);
    const { desired, actual, message, list } = await applied('release', { ...parts, context, scope });
    const stays = parts.applying.standing(desired, actual, scope).map(({ id }) => id);
    return {
      gone: goneOf(context.record, parts.resource.type, stays),
      output: { left: list.flatMap(leftOf) },
      message,
    };
  }) as Handler<Pick<StepOutputs[Name], 'left'>>;
}

/** The phases of a resource as one function: the workflow says which in the event. */
export function byPhase<Outputs extends Partial<Record<Phase, unknown>>>(
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

/** Makes what is due of a phase, one change after the other, each decided from what is there after the one before. */
async function applied<Desired, Actual>(
  phase: Phase,
  {
    resource,
    applying,
    context,
    scope,
  }: {
    resource: Resource<Desired, Actual, object>;
    applying: Applying<Desired, Actual>;
    context: StepContext;
    scope: Scope;
  },
): Promise<{ desired: Desired[]; actual: Actual; list: Change[]; message: string }> {
  const doing = doingIn(context, scope);
  await applying.before?.(doing);
  const desired = resource.desired(scope);
  let actual: Actual = await resource.read({ ...doing, clients: oneLook() }, scope);
  let list = decided(resource.changes(desired, actual, scope));
  const messages: string[] = [];
  const most = due(list, phase).length;
  for (let [next] = due(list, phase); next; [next] = due(list, phase)) {
    if (messages.length === most) throw new Error(`Cannot apply "${next.message}": it is due again after it was made`);
    const done = await applying.apply(next, actual, doing);
    messages.push(done.message);
    actual = done.actual;
    list = decided(resource.changes(desired, actual, scope));
    if (phase !== 'release' && due(list, phase).length > 0) {
      await context.keep(...applying.standing(desired, actual, scope));
    }
  }
  await applying.after?.(actual, doing);
  const asItIs = list
    .filter((change) => change.phase === phase && change.verb === 'keep')
    .map(({ message }) => message);
  const message = [...(messages.length > 0 ? messages : asItIs)].join('; ');
  return { desired, actual, list, message: message || `No ${resource.type} is to be released` };
}

const due = (list: readonly Change[], phase: Phase): Change[] =>
  list.filter((change) => change.phase === phase && isActive(change));

/** @throws {Failure} "Conflict" with what is in the way, whichever phase it is of: the operation stops before its next call */
function decided(list: Change[]): Change[] {
  const conflict = list.find(({ verb }) => verb === 'conflict');
  if (conflict) throw new Failure('Conflict', conflict.message);
  return list;
}

function leftOf({ verb, resource: { type, id }, message: why }: Change) {
  return verb === 'retain' && id !== undefined ? [{ type, id, why }] : [];
}

function scopeOf({ item, site, record, environment, now }: StepContext): Scope {
  return {
    owner: { domain: site.domain, stack: environment.stackName },
    site: desiredDocument(item),
    record,
    known: doneIn(record),
    retained: doneIn(record).CheckRemoval?.retained ?? [],
    now,
  };
}

/** What the steps that are done in this operation have left. */
function doneIn({ item, steps }: SiteRecord): Partial<StepOutputs> {
  const done = steps.filter(({ state, revision }) => state === 'done' && revision === item.revision);
  return Object.fromEntries(done.map(({ name, output }) => [name, output]));
}

function doingIn({ environment, ledger, previous, item, keep, takeBack }: StepContext, scope: Scope): Doing {
  return { clients: client, environment, ledger, scope, previous, revision: item.revision, keep, takeBack };
}
