import { recoveryOf, stateOf, transitionOf } from '../common-fields.ts';
import type { Fields } from '../fields.ts';
import { leavingOf } from '../leaving.ts';
import { MAX_SECONDS, type NumberField, numberField } from '../number-field.ts';
import type { ParseState } from '../parse-state.ts';
import { templateOf } from '../template.ts';

/** Has something done by a function or an AWS service, or by whoever holds its token. */
export const parseTask: ParseState = (fields, { integrationOf }) => {
  const resource = fields.requiredString('Resource');
  const integration = integrationOf(resource);
  if (typeof integration === 'string') {
    fields.problems.push({ code: 'UNSUPPORTED_RESOURCE', message: integration, location: fields.at('Resource') });
  }
  const args = templateOf(fields, 'Arguments');
  const { timeout, heartbeat } = limitsOf(fields);
  const leaving = leavingOf(fields);
  const transition = transitionOf(fields);
  return {
    ...stateOf(fields, {
      leaving,
      transition,
      recovery: recoveryOf(fields),
      templates: [args, timeout?.template, heartbeat?.template],
    }),
    ...(typeof integration === 'string' ? {} : { integration, ...(args ? { taskArguments: args } : {}) }),
    async run(visit) {
      if (typeof integration === 'string') throw visit.failure('States.Runtime', integration);
      const token = integration.waitsForToken ? visit.newToken() : undefined;
      const given = args ? await visit.evaluate(args, token === undefined ? {} : { token }) : visit.input;
      visit.limit(given);
      const result = await visit.perform(integration, {
        given,
        token,
        timeoutSeconds: timeout && (await visit.number(timeout)),
        heartbeatSeconds: heartbeat && (await visit.number(heartbeat)),
      });
      return visit.leave({ ...leaving, result, next: transition.next });
    },
  };
};

function limitsOf(fields: Fields): { timeout: NumberField | undefined; heartbeat: NumberField | undefined } {
  const range = { min: 1, max: MAX_SECONDS, integer: true };
  const timeout = numberField(fields, 'TimeoutSeconds', range);
  const heartbeat = numberField(fields, 'HeartbeatSeconds', range);
  if ((heartbeat?.fixed ?? 0) >= (timeout?.fixed ?? Infinity)) {
    fields.problem('HeartbeatSeconds must be smaller than TimeoutSeconds', 'HeartbeatSeconds');
  }
  return { timeout, heartbeat };
}
