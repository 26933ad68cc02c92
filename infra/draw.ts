// Draws the workflow's picture in README.md anew: node infra/draw.ts
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.ts';
import { withPicture } from './workflows/readme-picture.ts';

const file = join(root, 'README.md');
writeFileSync(file, withPicture(readFileSync(file, 'utf8')));
