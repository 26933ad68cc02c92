import { definitionOf, WORKFLOWS } from '../../infra/workflows/definition.ts';
import { type Definition, stepOf, type Task } from '../../infra/workflows/states.ts';

/** The function that a state of a workflow calls, and for which phase. */
export function calledBy(state: string): { name: string; phase?: string } {
  // What the edges share is there once for each of them: "CreateLoadBalancer (cdn)".
  const [task] = [state, `${state} (cdn)`].flatMap((each) =>
    WORKFLOWS.flatMap((workflow) => tasksIn(definitionOf(workflow), each)),
  );
  const { FunctionName = '', Payload = {} } = task?.Arguments ?? {};
  const name = /^\$\{(\w+)\}$/.exec(FunctionName)?.[1];
  if (name === undefined) throw new Error(`No workflow has a state "${state}" that calls a function`);
  const { phase } = Payload as { phase?: string };
  return { name, ...(phase !== undefined && { phase }) };
}

function tasksIn({ States }: Definition, name: string): Task[] {
  return Object.entries(States).flatMap(([each, state]) => [
    ...(stepOf(each) === name ? [state as Task] : []),
    ...(state.Branches ?? []).flatMap((branch) => tasksIn(branch, name)),
  ]);
}
