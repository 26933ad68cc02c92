import { byPhase, type Change } from '../domain/changes/change.ts';
import { retainedBy } from '../domain/ledger/left.ts';
import { asKept } from '../domain/removal/kept.ts';
import { KINDS, type Kind, listed, type Seen } from './list.ts';
import type { Looking, Scope } from './resource.ts';

type Known = Scope['known'];

/** Reads every resource that the document asks for as the step that prepares it does, each once it knows what it needs of others. */
export async function readPrepared(look: Looking, scope: Scope): Promise<Seen> {
  const seen: Record<string, unknown> = {};
  const reads = new Map<string, Promise<Known>>();
  for (const kind of KINDS) {
    const { resource, after } = listed(kind);
    const read = async (): Promise<Known> => {
      const before = await Promise.all(after.map((each) => reads.get(each)));
      const knowing: Scope = { ...scope, known: Object.assign({}, scope.known, ...before) };
      if (resource.desired(knowing).length > 0)
        seen[kind] = await resource.read({ ...look, phase: 'prepare' }, knowing);
      return { ...knowing.known, ...told(kind, seen[kind], knowing) };
    };
    reads.set(kind, read());
  }
  await Promise.all(reads.values());
  return seen as Seen;
}

/** What the document changes in what was read, and what it keeps, in the order of the workflow; and what its steps will tell. */
export function prepared(seen: Seen, scope: Scope): { changes: Change[]; known: Known } {
  const changes: Change[] = [];
  const made = new Map<string, Change[]>();
  let { known } = scope;
  for (const kind of KINDS) {
    const { resource, after } = listed(kind);
    const knowing = { ...scope, known };
    const read: unknown = seen[kind];
    if (read !== undefined) {
      const first = after.flatMap((each) => made.get(each) ?? []);
      const actual = resource.afterwards?.(read, changes, first) ?? read;
      const own = resource.changes(resource.desired(knowing), actual, knowing);
      made.set(kind, own);
      changes.push(...own);
    }
    known = { ...known, ...told(kind, read, knowing) };
  }
  return { changes: byPhase(changes), known };
}

function told(kind: Kind, actual: unknown, scope: Scope): Known {
  const { resource, prepare } = listed(kind);
  const desired = resource.desired(scope);
  // Where the zone of a name may not be read yet, nothing else is known of it either.
  if (!prepare || (desired.length > 0 && actual === undefined)) return {};
  const handles = resource.handles(desired, actual, scope);
  return handles ? { [prepare]: handles } : {};
}

/**
 * Reads what is released, each as its step does, and decides it by what those before it leave. `read` was read already.
 *
 * @throws {Error} when a step that prepares what the document asks for is not done: nothing may be released then
 */
export async function readReleased(
  look: Looking,
  scope: Scope,
  read: Seen = {},
): Promise<{ changes: Change[]; seen: Seen }> {
  const changes: Change[] = [];
  const seen: Record<string, unknown> = {};
  let { known } = scope;
  for (const kind of releaseOrder()) {
    const { resource, prepare, orPrepare, release } = listed(kind);
    const knowing = { ...scope, known };
    const desired = resource.desired(knowing);
    if (desired.length > 0 && prepare && !known[prepare] && !(orPrepare && known[orPrepare]))
      throw new Error(`Cannot release a ${resource.type}: "${prepare}" is not done`);
    const found: unknown = read[kind] ?? (await resource.read({ ...look, phase: 'release' }, knowing));
    const actual = resource.afterwards?.(found, changes, changes) ?? found;
    const decided = resource.changes(desired, actual, knowing).filter(({ phase }) => phase === 'release');
    const own = asKept(decided, scope.keeps, scope.record);
    const removed = own.flatMap(({ verb, resource: { id } }) => (verb === 'delete' && id !== undefined ? [id] : []));
    if (release) known = { ...known, [release]: { left: own.flatMap(retainedBy), removed } };
    seen[kind] = actual;
    changes.push(...own);
  }
  return { changes, seen: seen as Seen };
}

/** The kinds that are released, each after those that it waits for. */
export function releaseOrder(): Kind[] {
  const order: string[] = [];
  const waiting = KINDS.filter((kind) => listed(kind).releasedAfter);
  while (order.length < waiting.length) {
    const next = waiting.find(
      (kind) => !order.includes(kind) && (listed(kind).releasedAfter ?? []).every((each) => order.includes(each)),
    );
    if (next === undefined) throw new Error(`Cannot order the releases after ${order.join(', ')}`);
    order.push(next);
  }
  return order as Kind[];
}
