import type { Answer } from 'dns-packet';
import { Resolver } from '../../aws/dns/resolver.ts';
import { a, NameServers, ns, type Said, soa } from './name-servers.ts';

const ROOT = '198.41.0.4';
const ZONE = 'example.test';
const SERVERS: Record<string, string> = {
  'ns1.other-dns.net': '198.51.100.61',
  'ns2.other-dns.net': '198.51.100.62',
};

/** Another DNS provider's two name servers for "example.test", and the root above them. */
export class Provider {
  /** What both answer; the second one without what `late` names. */
  readonly records: Answer[] = [];
  readonly late = new Set<string>();
  #servers: NameServers | undefined;

  static async start(): Promise<Provider> {
    const provider = new Provider();
    provider.#servers = await NameServers.start({
      [ROOT]: ({ name }) => {
        const address = SERVERS[name];
        if (address !== undefined) return { answers: [a(name, address)] };
        return { authorities: Object.keys(SERVERS).map((server) => ns(ZONE, server)) };
      },
      '198.51.100.61': (question) => provider.#answer(question),
      '198.51.100.62': (question) => (provider.late.has(question.name) ? NOTHING : provider.#answer(question)),
    });
    return provider;
  }

  readonly newResolver = (): Resolver => {
    if (!this.#servers) throw new Error('Cannot ask the provider before it has started');
    return new Resolver({ connect: this.#servers.connect, timeoutMs: 5_000 });
  };

  #answer({ name, type }: { name: string; type: string }): Said {
    if (name === ZONE && type === 'SOA') return { answers: [soa(ZONE)] };
    const answers = this.records.filter(
      (record) => record.name === name && (record.type === type || record.type === 'CNAME'),
    );
    return answers.length > 0 ? { answers } : NOTHING;
  }

  async stop(): Promise<void> {
    await this.#servers?.stop();
  }
}

const NOTHING: Said = { rcode: 'NXDOMAIN', authorities: [soa(ZONE)] };
