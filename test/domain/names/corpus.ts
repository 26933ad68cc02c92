import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../support/paths.ts';

/** One line of the corpus: a text, and the canonical form or the reason that it is refused with. */
export interface Entry {
  heading: string;
  typed: string;
  expected: { name: string } | { refused: string };
}

const LINE = /^(?<typed>".*") (?:-> (?<name>\S+)|refused: (?<refused>\w+))$/;

/** Every line of "corpus.txt", with the heading it stands under. */
export function readCorpus(): Entry[] {
  const lines = readFileSync(join(root, 'test/domain/names/corpus.txt'), 'utf8').split('\n');
  let heading = '';
  return lines.flatMap((line, place): Entry[] => {
    if (line.startsWith('## ')) heading = line.slice(3);
    if (line === '' || line.startsWith('#')) return [];
    const { typed, name, refused } = LINE.exec(line)?.groups ?? {};
    if (typed === undefined) throw new Error(`Cannot read line ${place + 1} of the corpus: ${line}`);
    const expected = name === undefined ? { refused: refused ?? '' } : { name };
    return [{ heading, typed: JSON.parse(typed) as string, expected }];
  });
}
