import { describe, expect, test } from '@jest/globals';
import { unzip } from '../../../local/services/lambda/unzip.ts';
import { aZip } from './a-zip.ts';

describe('unzip()', () => {
  test('reads deflated and stored files', () => {
    const files = unzip(aZip({ 'index.mjs': 'export const a = 1;', 'folder/b.txt': 'b' }));
    expect(files.map(({ path, bytes }) => [path, bytes.toString()])).toEqual([
      ['index.mjs', 'export const a = 1;'],
      ['folder/b.txt', 'b'],
    ]);
  });

  test('refuses what is no archive and what leads out of it', () => {
    expect(() => unzip(Buffer.from('hello'))).toThrow('Cannot read the archive: it is no ZIP');
    expect(() => unzip(aZip({ '../out.txt': 'x' }))).toThrow('Cannot read the archive: "../out.txt" leads out of it');
  });
});
