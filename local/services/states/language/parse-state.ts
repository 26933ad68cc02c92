import type { Integration } from '../integrations/integration.ts';
import type { Fields } from './fields.ts';
import type { State, StateType, Workflow } from './state.ts';
import { parseChoice } from './states/choice.ts';
import { parseFail } from './states/fail.ts';
import { parseMap } from './states/map.ts';
import { parseParallel } from './states/parallel.ts';
import { parsePass } from './states/pass.ts';
import { parseSucceed } from './states/succeed.ts';
import { parseTask } from './states/task.ts';
import { parseWait } from './states/wait.ts';

/** What a state's parser needs beside the state's own fields. */
export interface ParseContext {
  parseWorkflow(fields: Fields): Workflow;
  /** The integration of a Task's Resource, or the sentence that says why there is none. */
  integrationOf(resource: string): Integration | string;
  /** The language of the state machine, which states without one of their own have. */
  queryLanguage: string;
}

export type ParseState = (fields: Fields, context: ParseContext) => Omit<State, 'name' | 'type'>;

const PARSERS: Record<StateType, ParseState> = {
  Pass: parsePass,
  Task: parseTask,
  Choice: parseChoice,
  Wait: parseWait,
  Succeed: parseSucceed,
  Fail: parseFail,
  Parallel: parseParallel,
  Map: parseMap,
};

/** Fields that only JSONPath states have. Source: Step Functions guide, "Transforming data with JSONata"; checked 2026-11-22. */
const JSONPATH_FIELDS =
  'InputPath OutputPath ResultPath ResultSelector Parameters Result ItemsPath MaxConcurrencyPath SecondsPath TimestampPath TimeoutSecondsPath HeartbeatSecondsPath ErrorPath CausePath ToleratedFailureCountPath ToleratedFailurePercentagePath Iterator'.split(
    ' ',
  );

/** Reads one state; what is wrong with it goes to the fields' problems. */
export function parseState(name: string, fields: Fields, context: ParseContext): State | undefined {
  const type = fields.requiredString('Type');
  fields.string('Comment');
  if (!isJsonata(fields, context)) return undefined;
  for (const field of JSONPATH_FIELDS) {
    if (fields.take(field) === undefined) continue;
    fields.problem(
      `The QueryLanguage is set to 'JSONata', but field '${field}' is only supported for the 'JSONPath' QueryLanguage`,
    );
  }
  if (!Object.hasOwn(PARSERS, type)) {
    if (type) fields.problem(`Value should be one of the following: [${Object.keys(PARSERS).join(', ')}]`, 'Type');
    return undefined;
  }
  const state = PARSERS[type as StateType](fields, context);
  fields.refuseRest();
  return { name, type: type as StateType, ...state };
}

/** States in JSONPath are refused, never run as something else. */
function isJsonata(fields: Fields, { queryLanguage: inherited }: ParseContext): boolean {
  const own = fields.string('QueryLanguage');
  const language = own ?? inherited;
  if (language === 'JSONata') return true;
  if (own === 'JSONPath' && inherited === 'JSONata') {
    fields.problem("'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine");
  } else if (language === 'JSONPath') {
    fields.problems.push({
      code: 'UNSUPPORTED_QUERY_LANGUAGE',
      message: "JSONPath is not part of the local AWS: set 'QueryLanguage' to 'JSONata'",
      location: fields.location,
    });
  } else {
    fields.problem('Value should be one of the following: [JSONPath, JSONata]', 'QueryLanguage');
  }
  return false;
}
