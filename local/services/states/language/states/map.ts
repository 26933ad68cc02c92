import type { Item, Visit } from '../../execution/visit.ts';
import { recoveryOf, stateOf, transitionOf } from '../common-fields.ts';
import { Fields } from '../fields.ts';
import { isJsonObject, type Json } from '../json.ts';
import { leavingOf } from '../leaving.ts';
import { numberField, unexpected } from '../number-field.ts';
import type { ParseState } from '../parse-state.ts';
import type { Workflow } from '../state.ts';
import { type Template, templateOf } from '../template.ts';

/** How many iterations an inline Map runs at once. Source: Step Functions guide, "Using Map state in Inline mode"; checked 2026-11-22. */
const MAX_CONCURRENCY = 40;

const COUNT = { min: 0, max: Number.MAX_SAFE_INTEGER, integer: true };

/** Runs its item processor once for each item, inline; its result is the list of their outputs, in the items' order. */
export const parseMap: ParseState = (fields, { parseWorkflow }) => {
  const items = itemsOf(fields);
  const selector = templateOf(fields, 'ItemSelector');
  const concurrency = numberField(fields, 'MaxConcurrency', COUNT);
  const toleratedCount = numberField(fields, 'ToleratedFailureCount', COUNT);
  const toleratedPercentage = numberField(fields, 'ToleratedFailurePercentage', { min: 0, max: 100, integer: false });
  const processor = processorOf(fields, parseWorkflow);
  const leaving = leavingOf(fields);
  const transition = transitionOf(fields);
  const numbers = [concurrency, toleratedCount, toleratedPercentage];
  return {
    ...stateOf(fields, {
      leaving,
      transition,
      recovery: recoveryOf(fields),
      templates: [items, selector, ...numbers.map((number) => number?.template)],
    }),
    inner: processor ? [processor] : [],
    async run(visit) {
      if (!visit.resumed && processor) await open(visit, { items, selector, processor });
      const limit = concurrency ? await visit.number(concurrency) : 0;
      const result = await visit.runBranches({
        concurrency: limit === 0 ? MAX_CONCURRENCY : Math.min(limit, MAX_CONCURRENCY),
        iterations: true,
        toleratedCount: toleratedCount && (await visit.number(toleratedCount)),
        toleratedPercentage: toleratedPercentage && (await visit.number(toleratedPercentage)),
      });
      visit.note('MapStateSucceeded');
      return visit.leave({ ...leaving, result, next: transition.next });
    },
  };
};

function itemsOf(fields: Fields): Template | undefined {
  const items = templateOf(fields, 'Items');
  const fixed = items && items.expressions.length === 0 && typeof items.source !== 'string';
  if (fixed && typeof items.source !== 'object') fields.wrongType('Items', 'ARRAY');
  return items;
}

function processorOf(fields: Fields, parseWorkflow: (fields: Fields) => Workflow): Workflow | undefined {
  const value = fields.object('ItemProcessor');
  if (!value) {
    fields.missing('ItemProcessor');
    return undefined;
  }
  const processor = new Fields(value, fields.at('ItemProcessor'), fields.problems);
  const config = processor.object('ProcessorConfig');
  if (config) {
    const { Mode: mode = 'INLINE', ...rest } = config;
    if (mode !== 'INLINE' || Object.keys(rest).length > 0) {
      processor.problem("Only the mode 'INLINE' is part of the local AWS", 'ProcessorConfig');
    }
  }
  const workflow = parseWorkflow(processor);
  processor.refuseRest();
  return workflow;
}

async function open(
  visit: Visit,
  { items, selector, processor }: { items: Template | undefined; selector: Template | undefined; processor: Workflow },
): Promise<void> {
  const list = listOf(visit, items, items ? await visit.evaluate(items) : visit.input);
  const opened: { workflow: Workflow; input: Json; item: Item }[] = [];
  for (const item of list) {
    const input = selector ? await visit.evaluate(selector, { item }) : item.Value;
    visit.limit(input);
    opened.push({ workflow: processor, input, item });
  }
  visit.log('MapStateStarted', { mapStateStartedEventDetails: { length: list.length } });
  visit.openBranches(opened);
}

/** An object's members are items too, each with its key. */
function listOf(visit: Visit, template: Template | undefined, value: Json): Item[] {
  if (Array.isArray(value)) return value.map((Value, Index) => ({ Index, Value }));
  if (isJsonObject(value)) return Object.entries(value).map(([Key, Value], Index) => ({ Index, Key, Value }));
  if (template) throw visit.refuse(template, unexpected('array', value));
  throw visit.failure('States.Runtime', `The state's input must be an array, but was: ${JSON.stringify(value)}`);
}
