/** A name under which browsers are told to insist on HTTPS, and for how many seconds. */
export interface InsistingName {
  name: string;
  seconds: number;
}

/**
 * How long a Strict-Transport-Security header has browsers insist on HTTPS, in seconds; undefined where they ignore it. Source: RFC 6797,
 * section 6.1: the first header counts, a directive is given once, its value may be quoted.
 */
export function maxAge(header: string): number | undefined {
  const [first = ''] = header.split(',');
  const values = first.split(';').flatMap((directive) => {
    const [, value] = /^\s*max-age\s*=\s*"?(\d+)"?\s*$/i.exec(directive) ?? [];
    return value === undefined ? [] : [Number(value)];
  });
  return values.length === 1 ? values[0] : undefined;
}
