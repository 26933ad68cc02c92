import type { Visit } from '../../execution/visit.ts';
import { stateOf } from '../common-fields.ts';
import { StateFailure } from '../failure.ts';
import type { Fields } from '../fields.ts';
import { unexpected } from '../number-field.ts';
import type { ParseState } from '../parse-state.ts';
import { type Template, templateOf } from '../template.ts';

/** Ends its workflow with an error of its own. */
export const parseFail: ParseState = (fields) => {
  const error = textOf(fields, 'Error');
  const cause = textOf(fields, 'Cause');
  return {
    ...stateOf(fields, { templates: [error, cause] }),
    ends: true,
    async run(visit) {
      throw new StateFailure((await text(visit, error)) ?? '', await text(visit, cause));
    },
  };
};

function textOf(fields: Fields, name: string): Template | undefined {
  const template = templateOf(fields, name);
  if (template && typeof template.source !== 'string') fields.wrongType(name, 'STRING');
  return template;
}

async function text(visit: Visit, template: Template | undefined): Promise<string | undefined> {
  if (!template) return undefined;
  const value = await visit.evaluate(template);
  if (typeof value === 'string') return value;
  throw visit.refuse(template, unexpected('string', value));
}
