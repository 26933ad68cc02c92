import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { root } from '../support/paths.ts';

interface Machine {
  States: Record<string, State>;
}

interface State {
  Next?: string;
  Default?: string;
  Branches?: Machine[];
  Choices?: { Next: string }[];
  Catch?: { Next: string }[];
}

const readme = readFileSync(join(root, 'README.md'), 'utf8');
const picture = /```mermaid\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
const workflow = JSON.parse(readFileSync(join(root, 'workflows', 'onboard.asl.json'), 'utf8')) as Machine;

/** Every state by name, those of branches included. */
const statesOf = ({ States }: Machine): [string, State][] =>
  Object.entries(States).flatMap(([name, state]) => [
    [name, state] as [string, State],
    ...(state.Branches ?? []).flatMap(statesOf),
  ]);

/** "A --> B" for every arrow that the workflow has, except from a state to itself. */
const arrows = statesOf(workflow).flatMap(([from, { Next, Default, Choices = [], Catch = [] }]) =>
  [Next, Default, ...Choices.map((choice) => choice.Next), ...Catch.map((caught) => caught.Next)]
    .filter((to) => to !== undefined && to !== from)
    .map((to) => `${from} --> ${to}`),
);

/** The arrows of the picture: "A --> B -- "words" --> C" is two. */
const drawn = picture.split('\n').flatMap((line) => {
  const names = line.split(/\s*(?:-- ".*?" -->|-\. ".*?" \.->|-->)\s*/).map((name) => name.trim());
  return names.slice(1).map((to, index) => `${names[index]} --> ${to}`);
});

test('the picture shows every arrow of the workflow and no other', () => {
  expect(drawn.toSorted()).toEqual(arrows.toSorted());
});

test('the README stays short enough to be read', () => {
  expect(readme.split('\n').length).toBeLessThanOrEqual(150);
});

test('every file that the README links to is there', () => {
  const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, path]) => path ?? '');
  expect(links.length).toBeGreaterThan(0);
  for (const path of links) expect(() => readFileSync(join(root, path))).not.toThrow(/ENOENT/);
});

test('every npm script that the README names exists', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const named = [...readme.matchAll(/npm (?:run )?(demo|local|bench|deploy|ok|test|types|lint|format)\b/g)].map(
    ([, name]) => name ?? '',
  );
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
  expect(Object.keys(scripts).length).toBeLessThanOrEqual(10);
});
