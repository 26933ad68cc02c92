import type { Fields } from './fields.ts';
import { objectTemplateOf, type Template, templateOf } from './template.ts';

/** A variable's name: 80 characters at most, as Unicode identifiers go. Source: states-language.net, "Variables"; checked 2026-11-22. */
const VARIABLE_NAME = /^[\p{ID_Start}_][\p{ID_Continue}]{0,79}$/u;

/** What a state, a choice rule or a catcher hands on: its output and the variables it assigns. */
export interface Leaving {
  output: Template | undefined;
  assign: Template | undefined;
}

/** Reads Output and Assign. `prefix` says where in the state: "Choices[0]/". */
export function leavingOf(fields: Fields, prefix = ''): Leaving {
  const assign = objectTemplateOf(fields, 'Assign', { field: `${prefix}Assign` });
  for (const name of Object.keys(assign?.source ?? {})) {
    if (!VARIABLE_NAME.test(name)) fields.problem(`Invalid variable name: '${name}'`, 'Assign');
    if (name === 'states') fields.problem("The variable name 'states' is reserved", 'Assign');
  }
  return { output: templateOf(fields, 'Output', { field: `${prefix}Output` }), assign };
}
