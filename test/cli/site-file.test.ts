import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readSiteFile } from '../../cli/site-file.ts';

describe('readSiteFile()', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'site file '));
    mkdirSync(join(folder, 'folder.json'));
    writeFileSync(join(folder, 'site.json'), '\uFEFF{ "domain": "shop.example.test" }\n');
    writeFileSync(join(folder, 'broken.json'), '{\n  "domain": shop\n}\n');
    writeFileSync(join(folder, 'empty.json'), '');
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test('reads from where the person is, and drops a byte order mark', async () => {
    expect(JSON.parse(await readSiteFile('site.json', folder))).toEqual({ domain: 'shop.example.test' });
    expect(await readSiteFile(join(folder, 'site.json'), '/')).toContain('"domain"');
  });

  test.each([
    ['no.json', 'Cannot read the site file "no.json": there is no such file'],
    ['folder.json', 'Cannot read the site file "folder.json": it is a directory'],
    [
      'broken.json',
      'Cannot use the site file "broken.json": it is not JSON ("s" is not expected at line 2, column 13)',
    ],
    ['empty.json', 'Cannot use the site file "empty.json": it is not JSON (it ends too early at line 1, column 1)'],
  ])('says in one sentence what is wrong with %s', async (path, message) => {
    await expect(readSiteFile(path, folder)).rejects.toThrow(new Error(message));
  });
});
