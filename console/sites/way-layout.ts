import type { Leg, Stop, Way } from './way.ts';

export interface Box {
  stop: Stop;
  x: number;
  y: number;
}

export interface Line {
  leg: Leg;
  /** From and to, in the units of the picture. */
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

export interface Picture {
  width: number;
  height: number;
  box: { width: number; height: number };
  boxes: Box[];
  lines: Line[];
}

const BOX = { width: 168, height: 54 };

/** Between two places: room for an arrow and its sign. */
const GAP = { across: 92, down: 44 };

/** Room around, so that no stroke is cut. */
const EDGE = 2;

/** Where everything of a way lies: from left to right, or from top to bottom where the screen is narrow. The page lies aside. */
export function layoutOf({ stops, legs }: Way, { isNarrow }: { isNarrow: boolean }): Picture {
  const main = stops.filter(({ id }) => id !== 'page');
  const fork = legs.find(({ to }) => to === 'page')?.from;
  const step = isNarrow ? BOX.height + GAP.down : BOX.width + GAP.across;
  const at = (along: number, aside: number) =>
    isNarrow ? { x: EDGE + aside, y: EDGE + along } : { x: EDGE + along, y: EDGE + aside };
  const boxes: Box[] = main.map((stop, index) => ({ stop, ...at(index * step, 0) }));
  const page = stops.find(({ id }) => id === 'page');
  if (page) {
    const index = main.findIndex(({ id }) => id === fork) + 1;
    boxes.push({ stop: page, ...at(index * step, isNarrow ? BOX.width + GAP.down : BOX.height + GAP.down) });
  }
  const lines = legs.flatMap((leg) => {
    const from = boxes.find(({ stop }) => stop.id === leg.from);
    const to = boxes.find(({ stop }) => stop.id === leg.to);
    return from && to ? [{ leg, ...ends(from, to, isNarrow) }] : [];
  });
  return {
    width: Math.max(...boxes.map(({ x }) => x)) + BOX.width + EDGE,
    height: Math.max(...boxes.map(({ y }) => y)) + BOX.height + EDGE,
    box: BOX,
    boxes,
    lines,
  };
}

function ends(from: Box, to: Box, isNarrow: boolean): Omit<Line, 'leg'> {
  const middle = { x: BOX.width / 2, y: BOX.height / 2 };
  if (isNarrow)
    return to.x === from.x
      ? { x1: from.x + middle.x, y1: from.y + BOX.height, x2: to.x + middle.x, y2: to.y }
      : { x1: from.x + BOX.width, y1: from.y + middle.y, x2: to.x + middle.x, y2: to.y };
  return to.y === from.y
    ? { x1: from.x + BOX.width, y1: from.y + middle.y, x2: to.x, y2: to.y + middle.y }
    : { x1: from.x + middle.x, y1: from.y + BOX.height, x2: to.x, y2: to.y + middle.y };
}
