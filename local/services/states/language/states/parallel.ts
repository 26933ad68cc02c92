import { recoveryOf, stateOf, transitionOf } from '../common-fields.ts';
import { Fields } from '../fields.ts';
import { isJsonObject } from '../json.ts';
import { leavingOf } from '../leaving.ts';
import type { ParseState } from '../parse-state.ts';
import { templateOf } from '../template.ts';

/** Runs its branches beside each other; its result is the list of their outputs. */
export const parseParallel: ParseState = (fields, { parseWorkflow }) => {
  const input = templateOf(fields, 'Arguments');
  const list = fields.list('Branches') ?? [];
  if (list.length === 0) fields.problem('A non-empty list is required', 'Branches');
  const branches = list.flatMap((value, index) => {
    if (!isJsonObject(value)) {
      fields.problem('Expected value of type [OBJECT]', `Branches[${index}]`);
      return [];
    }
    const branch = new Fields(value, fields.at(`Branches[${index}]`), fields.problems);
    const workflow = parseWorkflow(branch);
    branch.refuseRest();
    return [workflow];
  });
  const leaving = leavingOf(fields);
  const transition = transitionOf(fields);
  return {
    ...stateOf(fields, { leaving, transition, recovery: recoveryOf(fields), templates: [input] }),
    inner: branches,
    async run(visit) {
      if (!visit.resumed) {
        const given = input ? await visit.evaluate(input) : visit.input;
        visit.limit(given);
        visit.log('ParallelStateStarted');
        visit.openBranches(branches.map((workflow) => ({ workflow, input: given })));
      }
      const result = await visit.runBranches({ concurrency: branches.length });
      visit.note('ParallelStateSucceeded');
      return visit.leave({ ...leaving, result, next: transition.next });
    },
  };
};
