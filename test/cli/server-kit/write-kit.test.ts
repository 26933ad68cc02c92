import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { writeKit } from '../../../cli/server-kit/write-kit.ts';
import { aKit } from '../../domain/server-kit/a-kit.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'server-kit-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

test('writes the kit into a new folder, the secret for its owner only', async () => {
  const out = join(folder, 'deep', 'kit');

  expect(await writeKit(out, aKit())).toBe('written');
  expect(readdirSync(out).sort()).toEqual(
    aKit()
      .map(({ name }) => name)
      .sort(),
  );
  expect([modeOf(out), modeOf(join(out, 'certbot.ini'))]).toEqual(['700', '600']);
});

test('writes into an empty folder, and a second time changes nothing', async () => {
  const out = join(folder, 'kit');
  mkdirSync(out);

  expect(await writeKit(out, aKit())).toBe('written');
  expect(await writeKit(out, aKit())).toBe('unchanged');
});

test.each([
  ['other files', 'notes.txt'],
  ['a kit that was edited', 'certbot.ini'],
])('refuses a folder that has %s, and loses none', async (_, name) => {
  const out = join(folder, 'kit');
  if (name === 'certbot.ini') await writeKit(out, aKit());
  else mkdirSync(out);
  writeFileSync(join(out, name), 'mine');
  const before = readdirSync(out);

  await expect(writeKit(out, aKit())).rejects.toThrow(/has files already/);
  expect(readFileSync(join(out, name), 'utf8')).toBe('mine');
  expect(readdirSync(out)).toEqual(before);
  expect(readdirSync(folder)).toEqual(['kit']);
});

test.each([
  ['a file', 'taken', /it is a file, not a folder/],
  ['a folder below a file', 'taken/kit', /a part of the path is a file/],
  ['a name that is too long', 'x'.repeat(300), /the path is too long/],
])('refuses %s in one sentence and leaves nothing behind', async (_, path, sentence) => {
  writeFileSync(join(folder, 'taken'), 'mine');

  await expect(writeKit(join(folder, path), aKit())).rejects.toThrow(sentence);
  expect(readdirSync(folder)).toEqual(['taken']);
  expect(readFileSync(join(folder, 'taken'), 'utf8')).toBe('mine');
});
