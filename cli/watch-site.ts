import { Resolver } from '../local/dns/resolver.ts';
import { PERSON } from '../local/internet/proxy.ts';
import type { LocalAws } from '../local/local-aws.ts';
import type { SiteView } from './api.ts';
import { look, type Seen } from './seen.ts';
import type { Viewer } from './viewer.ts';

/** What is found of a site at one moment. */
export interface Observation {
  at: Date;
  /** What a viewer gets who asks by name, through a resolver that remembers. */
  seen: Seen;
  /** The IPv4 addresses that its name servers answer with, past every resolver, and for how long those may be remembered. */
  addresses: string[];
  ttlSeconds: number;
}

interface Watching {
  aws: Pick<LocalAws, 'clock' | 'internet'>;
  viewer: Pick<Viewer, 'http' | 'https'>;
  next: () => Promise<unknown>;
}

/** Looks at a site by its name again and again, whenever `next` has let time pass. */
export async function* watchSite(
  site: SiteView['site'],
  { aws, viewer, next }: Watching,
): AsyncGenerator<Observation, never> {
  const { internet, clock } = aws;
  const nameServers = new Resolver({ internet, clock, from: PERSON.ipv4, remembers: false });
  for (;;) {
    const { answers } = await nameServers.resolve(site.domain, 'A');
    const found = answers.filter(({ type }) => type === 'A');
    const seen = await look(viewer, site);
    yield {
      at: clock.now(),
      seen,
      addresses: found.map(({ data }) => String(data)),
      ttlSeconds: found[0]?.ttl ?? 0,
    };
    await next();
  }
}
