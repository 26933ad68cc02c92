import type { Visit } from '../../execution/visit.ts';
import { stateOf, transitionOf } from '../common-fields.ts';
import type { Fields } from '../fields.ts';
import { leavingOf } from '../leaving.ts';
import { MAX_SECONDS, numberField, unexpected } from '../number-field.ts';
import type { ParseState } from '../parse-state.ts';
import { type Template, templateOf } from '../template.ts';

/** RFC 3339 as the states language restricts it: capital T and Z. Source: states-language.net, "Timestamps"; checked 2026-11-22. */
const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** Waits, for some seconds or until an instant. */
export const parseWait: ParseState = (fields) => {
  const seconds = numberField(fields, 'Seconds', { min: 0, max: MAX_SECONDS, integer: true });
  const timestamp = timestampOf(fields);
  const there = ['Seconds', 'Timestamp'].filter((name) => Object.hasOwn(fields.value, name));
  if (there.length !== 1) fields.problem("Exactly one of 'Seconds' and 'Timestamp' must be there");
  const leaving = leavingOf(fields);
  const transition = transitionOf(fields);
  return {
    ...stateOf(fields, { leaving, transition, templates: [seconds?.template, timestamp] }),
    async run(visit) {
      const ms = timestamp ? await msUntil(visit, timestamp) : 1000 * (seconds ? await visit.number(seconds) : 0);
      await visit.wait(ms);
      return visit.leave({ ...leaving, next: transition.next });
    },
  };
};

function timestampOf(fields: Fields): Template | undefined {
  const template = templateOf(fields, 'Timestamp');
  if (template && template.expressions.length === 0 && !isTimestamp(template.source)) {
    fields.problem('Value is not a valid timestamp', 'Timestamp');
  }
  return template;
}

async function msUntil(visit: Visit, template: Template): Promise<number> {
  const value = await visit.evaluate(template);
  if (!isTimestamp(value)) throw visit.refuse(template, unexpected('timestamp', value));
  return Date.parse(value) - visit.now().getTime();
}

const isTimestamp = (value: unknown): value is string =>
  typeof value === 'string' && TIMESTAMP.test(value) && !Number.isNaN(Date.parse(value));
