import { stateOf } from '../common-fields.ts';
import { Fields } from '../fields.ts';
import { isJsonObject } from '../json.ts';
import { type Leaving, leavingOf } from '../leaving.ts';
import { unexpected } from '../number-field.ts';
import type { ParseState } from '../parse-state.ts';
import type { Target } from '../state.ts';
import { type Template, templateOf } from '../template.ts';

interface Rule extends Leaving {
  condition: Template | undefined;
  next: string;
  target: Target;
}

/** Goes where the first condition that holds says, or to Default. */
export const parseChoice: ParseState = (fields) => {
  const rules = rulesOf(fields);
  const fallback = fields.string('Default');
  const leaving = leavingOf(fields);
  const state = stateOf(fields, { leaving });
  const targets = rules.map(({ target }) => target);
  return {
    ...state,
    targets: fallback === undefined ? targets : [...targets, { name: fallback, location: fields.at('Default') }],
    templates: [...state.templates, ...rules.flatMap((rule) => [rule.condition, rule.output, rule.assign])].filter(
      (template) => template !== undefined,
    ),
    assigns: [...state.assigns, ...rules.map(({ assign }) => assign)].filter((template) => template !== undefined),
    async run(visit) {
      for (const rule of rules) {
        if (!rule.condition) continue;
        const holds = await visit.evaluate(rule.condition);
        if (typeof holds !== 'boolean') throw visit.refuse(rule.condition, unexpected('boolean', holds));
        if (holds) return visit.leave(rule);
      }
      if (fallback !== undefined) return visit.leave({ ...leaving, next: fallback });
      // AWS's guide calls this States.NoChoiceMatched; what it has been seen to answer is this, which nothing catches.
      throw visit.failure(
        'States.Runtime',
        'Failed to transition out of the state. The state does not point to a next state.',
      );
    },
  };
};

function rulesOf(fields: Fields): Rule[] {
  const list = fields.list('Choices') ?? [];
  if (list.length === 0) fields.problem('A non-empty list is required', 'Choices');
  return list.flatMap((value, index) => {
    if (!isJsonObject(value)) {
      fields.problem('Expected value of type [OBJECT]', `Choices[${index}]`);
      return [];
    }
    return [ruleOf(new Fields(value, fields.at(`Choices[${index}]`), fields.problems), `Choices[${index}]/`)];
  });
}

function ruleOf(fields: Fields, prefix: string): Rule {
  fields.string('Comment');
  const next = fields.requiredString('Next');
  const condition = templateOf(fields, 'Condition', { field: `${prefix}Condition` });
  if (!condition) fields.missing('Condition');
  else if (condition.expressions.length === 0 && typeof condition.source !== 'boolean') {
    if (!fields.problems.some(({ location }) => location === fields.at('Condition'))) {
      fields.problem("Expected a boolean or a JSONata expression in '{% %}'", 'Condition');
    }
  }
  const rule = { condition, next, target: { name: next, location: fields.at('Next') }, ...leavingOf(fields, prefix) };
  fields.refuseRest();
  return rule;
}
