import type { MaintenanceList } from '../../domain/failover/maintenance-view.ts';
import type { CalendarSpan } from './calendar-span.ts';

export type MaintainedSite = MaintenanceList['sites'][number];
export type WindowView = MaintainedSite['windows'][number];

/** A stretch of the calendar in which the page is on, or is to be. */
export interface CalendarBlock {
  /** In percent of the width of the calendar, within its ends. */
  left: number;
  width: number;
  /** Blocks that overlap are in lanes of their own, from 0. */
  lane: number;
  /** "on": viewers see the page now. Otherwise the state of the window. */
  state: 'on' | WindowView['state'];
  /** The window; absent of a page that is on for another cause. */
  window?: WindowView;
  isCutLeft: boolean;
  isCutRight: boolean;
}

type Candidate = Pick<CalendarBlock, 'state' | 'window'> & { from: number; to: number };

/** The windows of a site in a span, and the page that is on, which lasts as far as is known: to its end, or until now. */
export function blocksOf({ windows, ...site }: MaintainedSite, span: CalendarSpan, now: Date): CalendarBlock[] {
  const candidates: Candidate[] = windows.map((window) => ({
    from: Date.parse(window.from),
    to: Date.parse(window.until),
    state: window.state,
    window,
  }));
  if (site.on === 'page' && site.cause !== 'schedule' && site.since !== undefined) {
    const to = site.until === undefined ? now.getTime() : Date.parse(site.until);
    candidates.push({ from: Date.parse(site.since), to, state: 'on' });
  }
  const lanes: number[] = [];
  return candidates
    .filter(({ from, to }) => from < span.to && to > span.from)
    .sort((one, other) => one.from - other.from)
    .map(({ from, to, ...block }) => {
      const free = lanes.findIndex((end) => end <= from);
      const lane = free === -1 ? lanes.length : free;
      lanes[lane] = to;
      const left = percentOf(span, Math.max(from, span.from));
      const width = percentOf(span, Math.min(to, span.to)) - left;
      return { ...block, left, width, lane, isCutLeft: from < span.from, isCutRight: to > span.to };
    });
}

/** Where an instant is in a span: 0 at its beginning, 100 at its end. */
export function percentOf({ from, to }: Pick<CalendarSpan, 'from' | 'to'>, at: number): number {
  return ((at - from) / (to - from)) * 100;
}
