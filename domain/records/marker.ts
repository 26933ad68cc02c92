import type { Owner } from '../ownership.ts';
import type { RecordSet } from './record-set.ts';

/** How long the marker may be remembered. Only we ask for it. */
const MARKER_TTL_SECONDS = 300;

/** Characters of one string of a TXT record. Source: RFC 1035, section 3.3, checked 2026-11-22. */
const MAX_STRING_CHARACTERS = 255;

/** Source: CreateStack, `StackName`, checked 2026-11-22. */
const MAX_STACK_CHARACTERS = 128;

/** As many digits as a generation ever has. */
const MAX_GENERATION = 999_999_999;

/** The longest domain whose marker is one string, whatever the stack is called. */
export const MAX_MARKED_CHARACTERS: number =
  MAX_STRING_CHARACTERS -
  markerText({ domain: '', stack: 'x'.repeat(MAX_STACK_CHARACTERS), generation: MAX_GENERATION }).length;

/** What an owner marker says: whose the records of its name are, and how often they have changed. */
export interface Marker extends Owner {
  generation: number;
}

/**
 * Where the marker of a name's records stands: below the name, in a label of its own. A TXT record at the name itself
 * would meet the TXT records that live there (SPF, verifications), and below a CNAME it may stand too. The name's own
 * records stand in the same batch, so it makes no name an empty non-terminal.
 */
export function markerName(name: string): string {
  return `_nameplate.${name}`;
}

/** Whether a record of this name is the marker of another's. */
export function isMarkerName(name: string): boolean {
  return name.startsWith('_nameplate.');
}

/** The marker as a record. */
export function markerSet(name: string, { domain, stack, generation }: Marker): RecordSet {
  const text = markerText({ domain, stack, generation });
  return { name: markerName(name), type: 'TXT', ttlSeconds: MARKER_TTL_SECONDS, values: [`"${text}"`] };
}

function markerText({ domain, stack, generation }: Marker): string {
  return `heritage=nameplate,stack=${stack},site=${domain},generation=${generation}`;
}

/** What a marker says; undefined for a TXT record that isn't one. */
export function readMarker({ values }: Pick<RecordSet, 'values'>): Marker | undefined {
  const match = /^"heritage=nameplate,stack=([^",]+),site=([^",]+),generation=(\d+)"$/.exec(values[0] ?? '');
  if (values.length !== 1 || !match) return undefined;
  const [, stack = '', domain = '', generation = ''] = match;
  return { stack, domain, generation: Number(generation) };
}
