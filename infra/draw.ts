// Draws the workflows' pictures anew: npx node infra/draw.ts
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.ts';
import { PAGES, withPictures } from './workflows/pictures.ts';

for (const page of PAGES) {
  const file = join(root, page);
  writeFileSync(file, withPictures(readFileSync(file, 'utf8')));
}
