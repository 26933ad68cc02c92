import { VIEWERS } from '../../domain/certificates/place.ts';
import { definitionOf, WORKFLOWS } from '../../infra/workflows/definition.ts';
import { pascal } from '../../infra/workflows/invoking.ts';
import type { Definition, Task } from '../../infra/workflows/states.ts';
import { KINDS, listed } from '../../resources/list.ts';

/** The function that a state of a workflow calls, and for which phase. */
export function calledBy(state: string): { name: string; phase?: string } {
  const [task] = WORKFLOWS.flatMap((workflow) => tasksIn(definitionOf(workflow), state));
  const { FunctionName = '', Payload = {} } = task?.Arguments ?? {};
  const name = /^\$\{(\w+)\}$/.exec(FunctionName)?.[1];
  const unused = name === undefined ? ofKind(state) : undefined;
  if (unused) return unused;
  if (name === undefined) throw new Error(`No workflow has a state "${state}" that calls a function`);
  const { phase } = Payload as { phase?: string };
  return { name, ...(phase !== undefined && { phase }) };
}

/** Of a kind that no workflow has yet. */
function ofKind(state: string): { name: string; phase: string } | undefined {
  if (state === VIEWERS.write) return { name: pascal('validation-record'), phase: 'prepare-viewer' };
  for (const kind of KINDS) {
    const phase = (['prepare', 'shift', 'release'] as const).find((each) => listed(kind)[each] === state);
    if (phase) return { name: pascal(kind), phase };
  }
  return undefined;
}

/** A state of a fragment that is there twice bears where it is: "AwaitCertificate (cdn)". */
const stepOf = (state: string): string => state.replace(/ \(.*\)$/, '');

function tasksIn({ States }: Definition, name: string): Task[] {
  return Object.entries(States).flatMap(([each, state]) => [
    ...(stepOf(each) === name ? [state as Task] : []),
    ...(state.Branches ?? []).flatMap((branch) => tasksIn(branch, name)),
  ]);
}
