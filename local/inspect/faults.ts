import { FAULT_KINDS, type FaultRule, type Faults } from '../wire/faults.ts';
import { ok, type Route, wrong } from './route.ts';

/** What goes wrong on request. */
export function faultRoutes(faults: Faults): Route[] {
  return [
    {
      method: 'GET',
      path: '/_local/faults',
      about: 'the faults that are set, and how many calls each has seen',
      answer: () => ok({ faults: faults.list() }),
    },
    {
      method: 'POST',
      path: '/_local/faults',
      about: `sets a fault: { "service": "acm", "operation": "RequestCertificate", "kind": ${FAULT_KINDS.map((kind) => `"${kind}"`).join(' | ')}, "at": 1, "times": 1, "lasts"?, "caller"?, "code"?, "seconds"? }`,
      answer({ body }) {
        const problem = problemOf(body as Record<string, unknown>);
        return problem
          ? wrong(`Cannot set the fault: ${problem}`)
          : { status: 201, body: { id: faults.add({ ...(body as FaultRule) }) } };
      },
    },
    {
      method: 'DELETE',
      path: '/_local/faults/{id}',
      about: 'removes a fault',
      answer: ({ id }) =>
        faults.remove(Number(id))
          ? ok({})
          : { status: 404, body: { error: `Cannot remove fault "${id}": there is none` } },
    },
    {
      method: 'DELETE',
      path: '/_local/faults',
      about: 'removes every fault',
      answer() {
        faults.clear();
        return ok({});
      },
    },
  ];
}

const MEMBERS = ['service', 'operation', 'caller', 'kind', 'at', 'times', 'lasts', 'code', 'seconds'];

function problemOf(rule: Record<string, unknown>): string | undefined {
  const unknown = Object.keys(rule).find((member) => !MEMBERS.includes(member));
  if (unknown !== undefined) return `"${unknown}" is none of ${MEMBERS.join(', ')}`;
  for (const member of ['service', 'operation']) {
    if (typeof rule[member] !== 'string') return `"${member}" must name one, or "*" for all`;
  }
  if (!FAULT_KINDS.includes(rule.kind as (typeof FAULT_KINDS)[number]))
    return `"kind" must be one of ${FAULT_KINDS.join(', ')}`;
  for (const member of ['at', 'times', 'lasts', 'seconds']) {
    const value = rule[member];
    if (value !== undefined && !(typeof value === 'number' && value >= 1))
      return `"${member}" must be a number of at least 1`;
  }
  if (rule.caller !== undefined && typeof rule.caller !== 'string') return '"caller" must be a part of an ARN';
  if (rule.code !== undefined && typeof rule.code !== 'string') return '"code" must be the name of an error';
  return undefined;
}
