/** The kinds of faults in a definition, as ValidateStateMachineDefinition names them. */
export type ProblemCode =
  | 'INVALID_JSON_DESCRIPTION'
  | 'SCHEMA_VALIDATION_FAILED'
  | 'DUPLICATE_STATE_NAME'
  | 'MISSING_TRANSITION_TARGET'
  | 'MISSING_END_STATE'
  | 'INVALID_JSONATA_EXPRESSION'
  | 'UNSUPPORTED_JSONATA_EXPRESSION'
  | 'UNSUPPORTED_QUERY_LANGUAGE'
  | 'UNSUPPORTED_RESOURCE';

/** One fault in a definition. */
export interface Problem {
  code: ProblemCode;
  message: string;
  /** "/States/Wait/Seconds" */
  location: string;
}

/** What InvalidDefinition says: every fault with its place. */
export const sentenceOf = (problems: readonly Problem[]): string =>
  `Invalid State Machine Definition: '${problems
    .map(({ code, message, location }) => `${code}: ${message}${location ? ` at ${location}` : ''}`)
    .join(', ')}'`;
