import { originNameOf } from '../../domain/sites/cdn.ts';
import { servedNames } from '../../domain/sites/served-names.ts';
import type { Scope } from '../resource.ts';

/** The names that the CDN connects to, of the document that is live and of the next one; none that viewers use by either. */
export function originNamesOf({ record }: Pick<Scope, 'record'>): string[] {
  const { site, live } = record?.item ?? {};
  const documents = [live, site].flatMap((document) => document ?? []);
  const served = documents.flatMap(servedNames);
  return [...new Set(documents.flatMap((document) => originNameOf(document) ?? []))].filter(
    (name) => !served.includes(name),
  );
}
