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
    writeFileSync(join(folder, 'site.json'), '\uFEFF{\r\n\t"domain": "shop.example.test" }\r\n');
    writeFileSync(join(folder, 'broken.json'), '{\n  "domain": shop\n}\n');
    writeFileSync(join(folder, 'empty.json'), '');
    writeFileSync(join(folder, 'empty.yaml'), '\r\n');
    writeFileSync(join(folder, 'yaml.json'), 'domain: shop.example.test\n');
    writeFileSync(
      join(folder, 'twice.json'),
      '{\n\t"domain": "a.example.test",\n\t"origin": {},\n  "domain": "b.example.test"\n}',
    );
    writeFileSync(join(folder, 'utf16.json'), Buffer.from('\uFEFF{ "domain": "shop.example.test" }', 'utf16le'));
    writeFileSync(join(folder, 'two.yaml'), 'domain: a.example.test\n---\ndomain: b.example.test\n');
    writeFileSync(join(folder, 'alias.yaml'), 'domain: *name\n');
    const tenOf = (name: string) => `[${Array(10).fill(`*${name}`).join(', ')}]`;
    const bomb = ['a: &a [x]', `b: &b ${tenOf('a')}`, `c: &c ${tenOf('b')}`, `d: ${tenOf('c')}`];
    writeFileSync(join(folder, 'bomb.yaml'), bomb.join('\n'));
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
    ['empty.json', 'Cannot use the site file "empty.json": it is empty; "nameplate init" writes one'],
    ['empty.yaml', 'Cannot use the site file "empty.yaml": it is empty; "nameplate init" writes one'],
    [
      'yaml.json',
      'Cannot use the site file "yaml.json": it is not JSON ("d" is not expected at line 1, column 1); YAML is in a file named .yaml',
    ],
    ['twice.json', 'Cannot use the site file "twice.json": a field is in it twice, again at line 4, column 3'],
    ['utf16.json', 'Cannot use the site file "utf16.json": it is not UTF-8; save it as UTF-8'],
    [
      'two.yaml',
      'Cannot use the site file "two.yaml": a second document begins at line 2, column 1; a file describes one site',
    ],
    [
      'alias.yaml',
      'Cannot use the site file "alias.yaml": it is not YAML (Unresolved alias (the anchor must be set before the alias): name)',
    ],
    [
      'bomb.yaml',
      'Cannot use the site file "bomb.yaml": it is not YAML (Excessive alias count indicates a resource exhaustion attack)',
    ],
  ])('says in one sentence what is wrong with %s', async (path, message) => {
    await expect(readSiteFile(path, folder)).rejects.toThrow(new Error(message));
  });
});
