import type { Host } from '../host.ts';
import type { Internet } from '../internet/internet.ts';
import { Authority } from './authority.ts';
import { AwsNameServers } from './aws-name-servers.ts';
import { AwsNames, AwsZone } from './aws-names.ts';
import { startNameServer } from './name-server.ts';
import { OtherProvider } from './other-provider.ts';
import { Registrar, type RegistrarOptions } from './registrar.ts';
import { Resolver } from './resolver.ts';
import { Top } from './top.ts';

/** Who answers for amazonaws.com, api.aws and cloudfront.net. */
const AWS_SERVER = { name: 'r1.amazonaws.com', address: '192.0.2.250' } as const;
const AWS_DOMAINS = ['amazonaws.com', 'api.aws', 'cloudfront.net'] as const;

/** Where the resolvers ask from. */
const RESOLVER = '198.51.100.9';
const VALIDATOR = '198.51.100.30';

/** The DNS of the small internet. */
export interface Names {
  /** Where all of it happens. */
  internet: Internet;
  /** The names AWS itself serves: load balancers enter theirs here. */
  awsNames: AwsNames;
  /** The root and the top-level domains. */
  top: Top;
  /** Route 53's name servers. */
  nameServers: AwsNameServers;
  registrar: Registrar;
  /** Another DNS provider, where a person enters records. */
  otherProvider: OtherProvider;
  /** What a person and the proxy ask: remembers for the TTL. */
  resolver: Resolver;
  /** What a certificate authority asks: from the root each time, nothing remembered. */
  freshResolver: Resolver;
  close(): void;
}

/** Starts the DNS of the small internet: root, top-level domains, AWS's own names, Route 53's name servers, the registrar. */
export function createNames(
  { clock, draws }: Pick<Host, 'clock' | 'draws'>,
  internet: Internet,
  options: Pick<RegistrarOptions, 'domains' | 'delegatesAfterSeconds'> = {},
): Names {
  const top = new Top(internet);
  const nameServers = new AwsNameServers({ draws, internet, top });
  const registrar = new Registrar({ clock, draws, internet, top, ...options });
  const awsNames = new AwsNames();
  const authority = new Authority();
  for (const origin of AWS_DOMAINS) {
    authority.host(new AwsZone(origin, { names: awsNames, server: AWS_SERVER }));
    top.delegate(origin, [AWS_SERVER.name]);
  }
  top.address(AWS_SERVER.name, AWS_SERVER.address);
  const stopServing = startNameServer(internet, { ...AWS_SERVER, authority });
  const otherProvider = new OtherProvider({ internet, top, registrar, awsNames });
  return {
    internet,
    awsNames,
    top,
    nameServers,
    registrar,
    otherProvider,
    resolver: new Resolver({ internet, clock, from: RESOLVER }),
    freshResolver: new Resolver({ internet, clock, from: VALIDATOR, remembers: false }),
    close: () => {
      stopServing();
      otherProvider.close();
      registrar.close();
      nameServers.close();
      top.close();
    },
  };
}
