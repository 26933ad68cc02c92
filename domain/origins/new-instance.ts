import { isStandIn, standIn } from '../changes/stand-in.ts';
import type { Site } from '../sites/site.ts';
import { type InstanceOrigin, instanceOrigin } from './instance.ts';
import type { Origin } from './origin.ts';

/** What serves the welcome page. */
export const WEB_SERVERS = ['apache', 'nginx'] as const;

export type WebServer = (typeof WEB_SERVERS)[number];

/** What is installed where a document names none, and gives no user data. */
export const USUAL_WEB_SERVER: WebServer = 'apache';

/** An EC2 instance that is created for the site, as a site declares it. */
export interface NewInstance extends Omit<InstanceOrigin['instance'], 'id'> {
  /** "t4g.micro": the image follows its architecture. */
  type: string;
  /** Amazon Linux 2023, the newest image when it is created. */
  image: 'al2023';
  /** Size of the encrypted root volume, GiB. */
  diskGiB: number;
  /** The name of a key pair of the account. */
  key?: string;
  /** What cloud-init installs, with a welcome page, where there is no user data. Left out: Apache. */
  server?: WebServer;
  /** What cloud-init gets, as it is, in place of that. Never shown and never logged. */
  userData?: string;
  /** The CIDR blocks that may reach port 22. Left out: none. */
  sshFrom?: string[];
  /** Whether it has an address that stays, also where no name leads to it. */
  elasticIp?: boolean;
  /** What it, its volume and its network interface are launched with, beside our own tags. */
  tags?: Record<string, string>;
  /** "subnet-0123456789abcdef0". Left out in a declaration, a public one of the default VPC whose zone offers the type is filled in. */
  subnet?: string;
  /** "i-0123456789abcdef0", once it is created: filled in, and no part of a declaration. */
  id?: string;
}

export interface NewInstanceOrigin {
  newInstance: NewInstance;
}

/** What stands in a plan for the id of the instance. */
const NEW_INSTANCE = standIn('instance');

/** As an origin it is like an instance that exists. */
export function newInstanceOrigin({ newInstance }: NewInstanceOrigin): Origin {
  const { id = NEW_INSTANCE, port, healthPath, elasticIp } = newInstance;
  const origin = instanceOrigin({ instance: { id, port, healthPath } });
  return {
    ...origin,
    ...(isStandIn(id) && { label: 'the new instance' }),
    pointer: '#/origin/newInstance',
    ...(elasticIp && { keepsAddress: true }),
  };
}

/** What is declared of the instance that is created for the site; undefined of one with another origin. */
export function newInstanceOf({ origin }: Pick<Site, 'origin'>): NewInstance | undefined {
  return 'newInstance' in origin ? origin.newInstance : undefined;
}

/** The document with what is known of its new instance; as it is where it has none. */
export function withNewInstance<Any extends Pick<Site, 'origin'>>(site: Any, known: Partial<NewInstance>): Any {
  const { origin } = site;
  return 'newInstance' in origin ? { ...site, origin: { newInstance: { ...origin.newInstance, ...known } } } : site;
}

/** The document with what was chosen for that of an earlier one, and with what was installed at its first boot. */
export function withChosenInstance<Any extends Pick<Site, 'origin'>>(site: Any, earlier: Pick<Site, 'origin'>): Any {
  const { subnet, id, userData, server } = newInstanceOf(earlier) ?? {};
  return withNewInstance(site, {
    ...(id !== undefined && { id }),
    ...(userData !== undefined && { userData }),
    ...(newInstanceOf(site)?.server === undefined && server !== undefined && { server }),
    ...(newInstanceOf(site)?.subnet === undefined && subnet !== undefined && { subnet }),
  });
}
