export type Header = [name: string, value: string];

/** Headers of one connection, not of the request. Source: RFC 9110, section 7.6.1; checked 2026-11-22. */
export const HOP_BY_HOP = [
  'connection',
  'expect',
  'http2-settings',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

/** What a client gets of an answer that is passed on: its headers without the hop's own. */
export function responseHeaders(raw: string[], connection: string | undefined): Header[] {
  const dropped = [...HOP_BY_HOP, ...namedByConnection(connection)];
  return pairs(raw).filter(([name]) => !dropped.includes(name.toLowerCase()));
}

export const namedByConnection = (connection: string | undefined): string[] =>
  (connection ?? '').split(',').map((name) => name.trim().toLowerCase());

/** Node's raw headers, name and value in turn, as pairs. */
export const pairs = (raw: string[]): Header[] =>
  raw.flatMap((name, i): Header[] => (i % 2 === 0 ? [[name, raw[i + 1] ?? '']] : []));
