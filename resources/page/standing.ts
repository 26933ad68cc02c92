import type { Made } from '../../domain/ledger/made.ts';
import { pageKey } from '../../domain/pages/page-path.ts';
import type { Scope } from '../resource.ts';
import { type DesiredPage, type SeenPages, TYPE } from './changes.ts';

export function standingPages(_: readonly DesiredPage[], { page }: SeenPages, { owner: { domain } }: Scope): Made[] {
  return page ? [madePage(domain, page)] : [];
}

export function madePage(domain: string, { version }: { version: string | undefined }): Made {
  return { type: TYPE, id: pageKey(domain), ours: true, ...(version !== undefined && { version }) };
}
