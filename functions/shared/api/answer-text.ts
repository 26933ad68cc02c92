import { escapedUnprintable, printable } from '../../../domain/printable.ts';

/**
 * Where an answer has words of the caller's own: the page of a document, and what a maintenance says. They are answered as they came,
 * so that a document that was read can be declared again.
 */
const OWN_WORDS = /^\/((site|live)\/failover\/page\/\w+|failover\/message|(windows\/\d+\/)?message)$/;

/**
 * An answer as JSON. Text from name servers, web servers and AWS is printable, 1 KiB a field; in the caller's own words, what cannot be
 * printed is escaped as JSON escapes it, and comes out as it was.
 */
export function answerText(body: object): string {
  return escapedUnprintable(JSON.stringify(answered(body)));
}

function answered(value: unknown, path = ''): unknown {
  if (typeof value === 'string') return OWN_WORDS.test(path) ? value : printable(value);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, each]) => [key, answered(each, `${path}/${key}`)]);
  return Array.isArray(value) ? entries.map(([, each]) => each) : Object.fromEntries(entries);
}
