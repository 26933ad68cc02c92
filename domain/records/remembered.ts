/** Until when resolvers may answer with what they remember: "until 2026-11-22 14:05 UTC (TTL 86400 s)". */
export function untilForgotten(ttlSeconds: number, from: Date): string {
  const until = new Date(from.getTime() + ttlSeconds * 1000).toISOString();
  return `until ${until.slice(0, 10)} ${until.slice(11, 16)} UTC (TTL ${ttlSeconds} s)`;
}
