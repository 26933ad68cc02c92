import type { Integration } from '../integrations/integration.ts';
import { checkTransitions } from './checks/transitions.ts';
import { checkVariables } from './checks/variables.ts';
import { Fields } from './fields.ts';
import { isJsonObject } from './json.ts';
import { MAX_SECONDS } from './number-field.ts';
import { type ParseContext, parseState } from './parse-state.ts';
import type { Problem } from './problem.ts';
import type { State, Workflow } from './state.ts';

/** A definition, compiled once: every execution that starts from it runs this. */
export interface Definition {
  /** As it was given. */
  text: string;
  workflow: Workflow;
  timeoutSeconds: number | undefined;
}

export type IntegrationOf = (resource: string) => Integration | string;

/** Compiles a definition in Amazon's states language, JSONata throughout. All that is wrong with it is listed. */
export function parseDefinition(
  text: string,
  { integrationOf }: { integrationOf: IntegrationOf },
): { definition: Definition; problems: Problem[] } {
  const problems: Problem[] = [];
  const fields = new Fields(jsonObjectOf(text, problems), '', problems);
  if (problems.length > 0) {
    return { definition: { text, workflow: nothing, timeoutSeconds: undefined }, problems };
  }
  const queryLanguage = fields.string('QueryLanguage') ?? 'JSONPath';
  fields.string('Version');
  const timeoutSeconds = fields.number('TimeoutSeconds', { min: 1, max: MAX_SECONDS, integer: true });
  const context: ParseContext = {
    queryLanguage,
    integrationOf,
    parseWorkflow: (inner) => parseWorkflow(inner, context),
  };
  const workflow = parseWorkflow(fields, context);
  fields.refuseRest();
  if (problems.length === 0) problems.push(...checkTransitions(workflow), ...checkVariables(workflow));
  return { definition: { text, workflow, timeoutSeconds }, problems };
}

const nothing: Workflow = { startAt: '', states: new Map(), location: '' };

function jsonObjectOf(text: string, problems: Problem[]): ConstructorParameters<typeof Fields>[0] {
  try {
    const value: unknown = JSON.parse(text);
    if (isJsonObject(value)) return value;
    problems.push({
      code: 'SCHEMA_VALIDATION_FAILED',
      message: 'Definition must be a valid JSON object',
      location: '',
    });
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown;
    problems.push({ code: 'INVALID_JSON_DESCRIPTION', message: thrown.message, location: '' });
  }
  return {};
}

function parseWorkflow(fields: Fields, context: ParseContext): Workflow {
  fields.string('Comment');
  const startAt = fields.string('StartAt');
  const object = fields.object('States');
  const missing = [...(object ? [] : ['States']), ...(startAt === undefined ? ['StartAt'] : [])];
  if (missing.length > 0) fields.missing(...missing);
  const states = new Map<string, State>();
  for (const [name, value] of Object.entries(object ?? {})) {
    const location = fields.at(`States/${name}`);
    if (!isJsonObject(value)) fields.problem('Expected value of type [OBJECT]', `States/${name}`);
    else {
      if (name.length === 0 || name.length > 80)
        fields.problem('State names are 1 to 80 characters long', `States/${name}`);
      const state = parseState(name, new Fields(value, location, fields.problems), context);
      if (state) states.set(name, state);
    }
  }
  return { startAt: startAt ?? '', states, location: fields.location };
}
