import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { PHASES } from '../../domain/changes/change.ts';
import { KINDS, listed } from '../../resources/list.ts';
import { releaseOrder } from '../../resources/walk.ts';
import { root } from '../support/paths.ts';

/** The states of the workflow files, by what they do: "elastic-ip:prepare" is "ReserveAddress", and "ReserveDirectAddress" too. */
const states = Map.groupBy(
  globSync('workflows/*.asl.json', { cwd: root }).flatMap((file) => [
    ...readFileSync(join(root, file), 'utf8').matchAll(
      /"(?<name>\w+)": \{\s*"Type": "Task",[^{}]*?"Resource": "(?<does>[\w-]+:\w+)"/g,
    ),
  ]),
  ({ groups }) => groups?.['does'],
);

test('the list has every resource that has a function, and permissions, under its name', () => {
  const files = globSync('functions/resources/*.ts', { cwd: root }).map((file) => basename(file, '.ts'));
  const granted = readFileSync(join(root, 'infra/grants/resources.ts'), 'utf8').matchAll(
    /^ {4}'?([\w-]+)'?: \w+\(scope\)/gm,
  );
  expect([...KINDS].sort()).toEqual(files.sort());
  expect([...granted].map(([, name]) => name).sort()).toEqual(files);
});

test('a resource is prepared, shifted and released by the states that the workflows have for it', () => {
  const said = KINDS.flatMap((kind) => PHASES.map((phase) => [`${kind}:${phase}`, listed(kind)[phase]] as const));
  const isSo = ([does, name]: readonly [string, string | undefined]) => {
    const all = states.get(does)?.map(({ groups }) => groups?.['name']);
    return name === undefined ? all === undefined : all?.includes(name);
  };
  expect(said.filter((each) => !isSo(each))).toEqual([]);
});

test('a resource comes after those that it needs', () => {
  for (const kind of KINDS) {
    const before: string[] = KINDS.slice(0, KINDS.indexOf(kind));
    expect(listed(kind).after.filter((each) => !before.includes(each))).toEqual([]);
  }
});

test('what is released is released in the order of the workflow', () => {
  const release = readFileSync(join(root, 'workflows/release.asl.json'), 'utf8');
  const inWorkflow = [...release.matchAll(/"Resource": "([\w-]+):release"/g)].map(([, kind]) => kind);
  // Before all that the fragment releases, in the one workflow that leaves its target group.
  expect(releaseOrder().filter((kind) => kind !== 'target')).toEqual(inWorkflow);
});
