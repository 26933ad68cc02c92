import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { useVisibleRange } from './use-visible-range.ts';

interface VirtualRowsProps<Row> {
  rows: readonly Row[];
  /** The height of each row in CSS pixels. */
  rowPx: number;
  keyOf: (row: Row) => string;
  /** The cells of a row. */
  children: (row: Row) => ComponentChildren;
}

/**
 * The rows of an ARIA table of thousands, of which those alone are in the document that the window shows. The page itself
 * scrolls. The row of the titles is the table's first.
 */
export function VirtualRows<Row>({ rows, rowPx, keyOf, children }: VirtualRowsProps<Row>) {
  const box = useRef<HTMLDivElement>(null);
  const { first, end } = useVisibleRange({ list: box, count: rows.length, rowHeight: rowPx }).value;
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows that are placed are none of an HTML table
    <div ref={box} class="virtual" role="rowgroup" style={{ height: `${rows.length * rowPx}px` }}>
      {rows.slice(first, end).map((row, at) => (
        // biome-ignore lint/a11y/useSemanticElements: as above
        // biome-ignore lint/a11y/useFocusableInteractive: what is in a row is focused, not the row
        <div
          key={keyOf(row)}
          class="row"
          role="row"
          aria-rowindex={first + at + 2}
          style={{ height: `${rowPx}px`, transform: `translateY(${(first + at) * rowPx}px)` }}
        >
          {children(row)}
        </div>
      ))}
    </div>
  );
}
