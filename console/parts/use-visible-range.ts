import { type Signal, useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import { visibleRange } from './visible-range.ts';

interface Rows {
  list: RefObject<HTMLElement | null>;
  count: number;
  rowHeight: number;
}

/** The rows of a list in the page that have to be drawn as the window is scrolled. */
export function useVisibleRange({ list, count, rowHeight }: Rows): Signal<{ first: number; end: number }> {
  const range = useSignal({ first: 0, end: Math.min(count, 40) });
  useEffect(() => {
    const measure = () => {
      const aboveTop = -(list.current?.getBoundingClientRect().top ?? 0);
      const found = visibleRange({ aboveTop, windowHeight: innerHeight, rowHeight, count });
      if (found.first !== range.peek().first || found.end !== range.peek().end) range.value = found;
    };
    measure();
    addEventListener('scroll', measure, { passive: true });
    addEventListener('resize', measure);
    return () => {
      removeEventListener('scroll', measure);
      removeEventListener('resize', measure);
    };
  }, [count, rowHeight]);
  return range;
}
