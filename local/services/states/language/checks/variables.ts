import { FUNCTION_NAMES } from '../function-names.ts';
import type { Problem } from '../problem.ts';
import type { State, Workflow } from '../state.ts';
import type { Template } from '../template.ts';

/**
 * Variables are read only where something assigns them, inner workflows don't assign their surroundings' variables, and
 * `$states.result` and `$states.errorOutput` are read only where they are.
 *
 * AWS lets a variable pass that nothing ever assigns, and fails each evaluation: here it is refused beforehand.
 */
export function checkVariables(workflow: Workflow, outer: ReadonlySet<string> = new Set()): Problem[] {
  const own = new Set([...workflow.states.values()].flatMap(({ assigns }) => assigns.flatMap(namesIn)));
  const known = new Set([...outer, ...own]);
  return [...workflow.states.values()].flatMap((state) => [
    ...state.assigns.flatMap((assign) => reassigned(state, assign, outer)),
    ...state.templates.flatMap((template) => [...undefinedIn(state, template, known), ...misplacedIn(state, template)]),
    ...state.inner.flatMap((inner) => checkVariables(inner, known)),
  ]);
}

const namesIn = ({ source }: Template): string[] => Object.keys(source as object);

const reassigned = (state: State, assign: Template, outer: ReadonlySet<string>): Problem[] =>
  namesIn(assign)
    .filter((name) => outer.has(name))
    .map((name) => ({
      code: 'SCHEMA_VALIDATION_FAILED',
      message: `The variable '${name}' belongs to an outer scope and can't be assigned here`,
      location: `${state.location}/${assign.field}`,
    }));

function undefinedIn(state: State, template: Template, known: ReadonlySet<string>): Problem[] {
  return template.expressions.flatMap(({ field, references }) =>
    [...references.variables]
      .filter((name) => !known.has(name) && !FUNCTION_NAMES.has(name))
      .map((name) => ({
        code: 'UNSUPPORTED_JSONATA_EXPRESSION',
        message: name === 'eval' ? 'The function $eval is not supported.' : `Nothing assigns the variable '$${name}'.`,
        location: `${state.location}/${field}`,
      })),
  );
}

function misplacedIn(state: State, template: Template): Problem[] {
  const allowed = new Set(['input', 'context', ...placed(state, template)]);
  return template.expressions.flatMap(({ field, references }) =>
    [...references.states]
      .filter((member) => !allowed.has(member))
      .map((member) => ({
        code: 'UNSUPPORTED_JSONATA_EXPRESSION',
        message: `Reference to '$states.${member}' is not supported.`,
        location: `${state.location}/${field}`,
      })),
  );
}

/** Source: states-language.net, "Reserved states variable with JSONata"; checked 2026-11-22. */
function placed({ type }: State, { field }: Template): string[] {
  if (field.startsWith('Catch[')) return ['errorOutput'];
  const hasResult = type === 'Task' || type === 'Parallel' || type === 'Map';
  return hasResult && (field === 'Output' || field === 'Assign') ? ['result'] : [];
}
