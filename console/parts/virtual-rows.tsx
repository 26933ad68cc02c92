import { observeWindowOffset, observeWindowRect, Virtualizer, windowScroll } from '@tanstack/virtual-core';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useMemo, useReducer, useRef } from 'preact/hooks';

interface VirtualRowsProps<Row> {
  rows: readonly Row[];
  /** The height of each row in CSS pixels. */
  rowPx: number;
  keyOf: (row: Row) => string;
  /** The cells of a row. */
  children: (row: Row) => ComponentChildren;
}

/** Rows drawn beyond the window, so that what is scrolled to by keyboard is there already. */
const OVERSCAN = 10;

/**
 * The rows of an ARIA table of thousands, of which those alone are in the document that the window shows. The page itself
 * scrolls. The row of the titles is the table's first.
 */
export function VirtualRows<Row>({ rows, rowPx, keyOf, children }: VirtualRowsProps<Row>) {
  const box = useRef<HTMLDivElement>(null);
  const [, redraw] = useReducer<number, void>((count) => count + 1, 0);
  const top = useRef(0);
  const options = {
    count: rows.length,
    estimateSize: () => rowPx,
    overscan: OVERSCAN,
    scrollMargin: top.current,
    getItemKey: (index: number) => keyOf(rows[index] as Row),
    getScrollElement: () => window,
    observeElementRect: observeWindowRect,
    observeElementOffset: observeWindowOffset,
    scrollToFn: windowScroll,
    onChange: () => redraw(),
  };
  const virtualizer = useMemo(() => new Virtualizer<Window, Element>(options), []);
  virtualizer.setOptions(options);
  useLayoutEffect(() => virtualizer._didMount(), []);
  useLayoutEffect(() => {
    virtualizer._willUpdate();
    // What is above the rows may have grown.
    const found = box.current ? box.current.getBoundingClientRect().top + scrollY : 0;
    if (Math.abs(found - top.current) < 1) return;
    top.current = found;
    redraw();
  });
  useLayoutEffect(() => virtualizer.measure(), [rowPx]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows that are placed are none of an HTML table
    <div ref={box} class="virtual" role="rowgroup" style={{ height: `${virtualizer.getTotalSize()}px` }}>
      {virtualizer.getVirtualItems().map(({ index, key }) => (
        // biome-ignore lint/a11y/useSemanticElements: as above
        // biome-ignore lint/a11y/useFocusableInteractive: what is in a row is focused, not the row
        <div
          key={key}
          class="row"
          role="row"
          aria-rowindex={index + 2}
          style={{ height: `${rowPx}px`, transform: `translateY(${index * rowPx}px)` }}
        >
          {children(rows[index] as Row)}
        </div>
      ))}
    </div>
  );
}
