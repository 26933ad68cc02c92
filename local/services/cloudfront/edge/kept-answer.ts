import type { IncomingHttpHeaders } from 'node:http';
import type { Header } from '../../../internet/http-headers.ts';
import type { CachedAnswer } from './cache.ts';

/** Of what an answer's body is: a 304 has none of them, a 206 a length of its own. */
const OF_THE_BODY = ['content-length', 'content-range', 'content-type', 'content-encoding'];

type Shown = Pick<CachedAnswer, 'status' | 'headers' | 'body'>;

/** The headers of a kept answer by their names in lower case. */
export const headersOf = ({ headers }: Pick<CachedAnswer, 'headers'>): Record<string, string> =>
  Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]));

/**
 * What of a kept answer a viewer gets: nothing where it has the object already, the range that it asked for, or all.
 * Source: CloudFront Developer Guide, "How CloudFront processes partial requests for an object"; RFC 9110, sections 13.2.2 and 14.2; checked
 * 2026-11-30.
 */
export function shownOf(kept: CachedAnswer, asked: IncomingHttpHeaders): Shown {
  if (kept.status !== 200 || kept.pageBehavior) return kept;
  if (isKnown(kept, asked)) {
    const headers = kept.headers.filter(([name]) => !OF_THE_BODY.includes(name.toLowerCase()));
    return { status: 304, headers, body: Buffer.alloc(0) };
  }
  const range = rangeOf(kept, asked);
  if (!range) return kept;
  const { length } = kept.body;
  const { first, last } = range;
  const others = kept.headers.filter(([name]) => name.toLowerCase() !== 'content-length');
  if (first > last) {
    return {
      status: 416,
      headers: [...others, ['Content-Range', `bytes */${length}`], ['Content-Length', '0']],
      body: Buffer.alloc(0),
    };
  }
  const body = kept.body.subarray(first, last + 1);
  const own: Header[] = [
    ['Content-Range', `bytes ${first}-${last}/${length}`],
    ['Content-Length', String(body.length)],
  ];
  return { status: 206, headers: [...others, ...own], body };
}

/** If-None-Match counts alone where there is one. */
function isKnown(kept: CachedAnswer, asked: IncomingHttpHeaders): boolean {
  const { etag, 'last-modified': modified } = headersOf(kept);
  const none = asked['if-none-match'];
  if (none !== undefined) return tagsIn(none).some((tag) => tag === '*' || tag === weakened(etag));
  const since = Date.parse(asked['if-modified-since'] ?? '');
  return Date.parse(modified ?? '') <= since;
}

const tagsIn = (list: string): (string | undefined)[] => list.split(',').map((tag) => weakened(tag.trim()));

const weakened = (tag: string | undefined): string | undefined => tag?.replace(/^W\//, '');

/** The one range that is asked for, of the object that the viewer has a part of; several, or what is no range, are none. */
function rangeOf(kept: CachedAnswer, asked: IncomingHttpHeaders): { first: number; last: number } | undefined {
  const { etag, 'last-modified': modified } = headersOf(kept);
  const condition = asked['if-range'];
  if (condition !== undefined && condition !== etag && condition !== modified) return undefined;
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(asked.range ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  const { length } = kept.body;
  if (from === '') return { first: Math.max(0, length - Number(to)), last: Number(to) === 0 ? -1 : length - 1 };
  return { first: Number(from), last: to === '' ? length - 1 : Math.min(Number(to), length - 1) };
}

/** How the origin is asked whether a kept answer is still the object; undefined where it has nothing to be asked by, or only a part is wanted. */
export function validatorsOf(kept: CachedAnswer, asked: IncomingHttpHeaders): Header[] | undefined {
  const { etag, 'last-modified': modified } = headersOf(kept);
  if (kept.status !== 200 || kept.pageBehavior || asked.range !== undefined) return undefined;
  const validators: Header[] = [
    ...(etag === undefined ? [] : ([['if-none-match', etag]] as Header[])),
    ...(modified === undefined ? [] : ([['if-modified-since', modified]] as Header[])),
  ];
  return validators.length > 0 ? validators : undefined;
}
