import type { IncomingMessage } from 'node:http';

/** What a web server insists on before it looks at the path. */
export interface WebRules {
  /**
   * Redirects to https. "always" looks at its own connection, which is plain HTTP behind a load balancer; "forwarded"
   * trusts X-Forwarded-Proto.
   */
  https?: 'always' | 'forwarded' | undefined;
  /** The Host names that it answers; any other gets a 400. */
  hosts?: readonly string[] | undefined;
  /** Sends every path elsewhere: "https://shop.example.test". */
  redirect?: string | undefined;
}

/** The answer that the rules give to a request; undefined when they let it pass. */
export function byTheRules(
  { headers, url = '/' }: Pick<IncomingMessage, 'headers' | 'url'>,
  { https, hosts, redirect }: WebRules,
): { status: number; location?: string } | undefined {
  const host = (headers.host ?? '').replace(/:\d+$/, '');
  if (hosts && !hosts.includes(host)) return { status: 400 };
  if (redirect !== undefined) return { status: 301, location: `${redirect}${url}` };
  const secure = https === 'forwarded' && headers['x-forwarded-proto'] === 'https';
  return https === undefined || secure ? undefined : { status: 301, location: `https://${host}${url}` };
}

/** The rules in user data; what is not understood is left out. */
export function readRules(told: Record<string, unknown>): WebRules {
  const { https, hosts, redirect } = told;
  return {
    https: https === 'always' || https === 'forwarded' ? https : undefined,
    hosts: Array.isArray(hosts) ? hosts.map(String) : undefined,
    redirect: typeof redirect === 'string' ? redirect : undefined,
  };
}
