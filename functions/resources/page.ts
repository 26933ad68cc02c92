import { page } from '../../resources/page/page.ts';
import { readPage } from '../../resources/page/read-stored.ts';
import { removePage } from '../../resources/page/release.ts';
import { writePage } from '../../resources/page/write.ts';
import { byPhase, preparing, releasing } from '../shared/steps/resource-step.ts';

/** Read from the bucket itself, and not from what the ledger has of it. */
const stored: typeof page = { ...page, read: (look, scope) => page.read({ ...look, readPage }, scope) };

/** The page that viewers get while the site is down. */
export const handler = byPhase({
  prepare: preparing('WritePage', stored, writePage),
  release: releasing('RemovePage', { resource: stored, applying: removePage, after: 'WritePage' }),
});
