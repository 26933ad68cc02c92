import { isFragment } from './fragments.ts';
import type { Definition, Leaving, State, States } from './states.ts';

/** A line of the picture's source ends with the arrow that reaches this column: the README must stay short. */
const LINE = 190;

/**
 * A workflow as a Mermaid flowchart, as it is authored: a box a state, and fragments and states with branches as boxes around theirs.
 * One whose states are told apart from others has a picture of its own. Catchers are dashed. An arrow bears the comment of its rule or catcher, or the errors that the catcher names.
 */
export const pictureOf = (workflow: Definition, read: (name: string) => Definition): string =>
  ['flowchart TD', ...indented(drawn(workflow, read))].join('\n');

function drawn({ States }: Definition, read: (name: string) => Definition): string[] {
  const arrows = chains(States);
  return [
    ...arrows,
    ...Object.entries(States).flatMap(([name, state]) => {
      const inner = isFragment(state) ? (state.Apart === undefined ? [read(name)] : []) : (state.Branches ?? []);
      if (inner.length === 0) return arrows.some((line) => line.split(' ').includes(name)) ? [] : [name];
      const title = inner.length > 1 ? ` ["${name}, side by side"]` : '';
      const [first = '', ...rest] = inner.flatMap((each) => drawn(each, read));
      if (rest.length === 0) return [`subgraph ${name}${title}; ${first}; end`];
      return [`subgraph ${name}${title}`, ...indented([first, ...rest]), 'end'];
    }),
  ];
}

interface Arrow {
  to: string;
  drawn: string;
}

/** Every arrow once. A line follows the arrows until it is long, or comes to a state that more than one leaves. */
function chains(states: States): string[] {
  const left = new Map(Object.entries(states).map(([name, state]) => [name, arrowsOf(name, state)]));
  const forks = new Set([...left].filter(([, arrows]) => arrows.length > 1).map(([name]) => name));
  const lines: string[] = [];
  for (const [begin, arrows] of left) {
    while (arrows.length > 0) {
      let line = begin;
      let last = begin;
      do {
        const arrow = left.get(last)?.shift();
        if (!arrow) break;
        line += ` ${arrow.drawn} ${arrow.to}`;
        last = arrow.to;
      } while (!forks.has(last) && line.length < LINE);
      lines.push(line);
    }
  }
  return lines;
}

function arrowsOf(name: string, { Next, Default, Choices = [], Catch = [] }: State): Arrow[] {
  const labelled = ({ Comment, Next: to }: Leaving, open: string, close: string): Arrow[] =>
    to === undefined || to === name ? [] : [{ to, drawn: Comment ? `${open} "${Comment}" ${close}` : close }];
  return [
    ...labelled({ ...(Next && { Next }) }, '--', '-->'),
    ...Choices.flatMap((rule) => labelled(rule, '--', '-->')),
    ...labelled({ Comment: 'otherwise', ...(Default && { Next: Default }) }, '--', '-->'),
    ...Catch.flatMap((catcher) => labelled({ Comment: catcher.ErrorEquals.join(', '), ...catcher }, '-.', '.->')),
  ];
}

const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);
