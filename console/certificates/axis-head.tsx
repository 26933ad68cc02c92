import type { RefObject } from 'preact';
import { percentOf, type Tick, type TimeAxis } from './time-axis.ts';

interface AxisHeadProps {
  chart: RefObject<HTMLDivElement | null>;
  axis: TimeAxis;
  ticks: readonly Tick[];
  now: Date;
}

/** The titles of the columns, with the axis over the bars. */
export const AxisHead = ({ chart, axis, ticks, now }: AxisHeadProps) => (
  // biome-ignore-start lint/a11y/useSemanticElements: of a table that is none of HTML
  // biome-ignore-start lint/a11y/useFocusableInteractive: there is nothing to do with a title
  <div role="rowgroup" class="titles">
    <div role="row" aria-rowindex={1} class="row">
      <div role="columnheader">Certificate</div>
      <div role="columnheader" ref={chart} class="bar">
        <span class="hidden">Issued, renewed, ends</span>
        <svg aria-hidden="true" width="100%" height="22">
          {ticks
            .filter(({ isLabelled }) => isLabelled)
            .map(({ at, label, isYear }) => (
              <text key={at} x={`${percentOf(axis, at)}%`} y="15" class={isYear ? 'year' : ''}>
                {label}
              </text>
            ))}
          <text x={`${percentOf(axis, now.getTime())}%`} y="15" class="now">
            now
          </text>
        </svg>
      </div>
      <div role="columnheader">Left</div>
      <div role="columnheader">Renewal</div>
    </div>
  </div>
  // biome-ignore-end lint/a11y/useFocusableInteractive: there is nothing to do with a title
  // biome-ignore-end lint/a11y/useSemanticElements: of a table that is none of HTML
);
