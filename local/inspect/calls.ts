import type { CallLog } from '../wire/calls.ts';
import { ok, type Route, wrong } from './route.ts';

/** How many calls one answer shows. */
const SHOWN = 1000;

/** The calls that were made, without bodies. */
export function callRoutes(calls: CallLog): Route[] {
  return [
    {
      method: 'GET',
      path: '/_local/calls',
      about: 'calls made, oldest first, and how many each service had; ?since=MARK for those after an earlier answer',
      answer({ query }) {
        const since = Number(query.get('since') ?? 0);
        if (!Number.isInteger(since) || since < 0)
          return wrong('Cannot read "since": it must be a mark of an earlier answer');
        return ok({ mark: calls.mark(), counts: calls.counts(), calls: calls.since(since).slice(-SHOWN) });
      },
    },
  ];
}
