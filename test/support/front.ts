import { Clock } from '../../local/clock/clock.ts';
import { Draws } from '../../local/draws/draws.ts';
import type { Host, ServiceEvent } from '../../local/host.ts';
import { createInspection } from '../../local/inspect/inspection.ts';
import { createPermissions } from '../../local/permissions/permissions.ts';
import type { PolicyDocument, PolicyStatement } from '../../local/permissions/policy.ts';
import { CallLog } from '../../local/wire/calls.ts';
import { Faults } from '../../local/wire/faults.ts';
import { type Front, type FrontOptions, startFront } from '../../local/wire/front.ts';
import { Lags } from '../../local/wire/lags.ts';
import type { Dispatch, Service } from '../../local/wire/service.ts';

interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/** A client class of the SDK: ACMClient, Route53Client, … */
type ClientClass<Client> = new (config: {
  endpoint: string;
  region: string;
  credentials: Credentials;
  maxAttempts: number;
}) => Client;

export interface AFront {
  host: Host;
  /** Stands still, however long a call takes: move it with `advance` and `until`. */
  clock: Clock;
  /** What the services have put on the default bus. */
  events: ServiceEvent[];
  url: string;
  dispatch: Dispatch;
  calls: CallLog;
  faults: Faults;
  /** A real SDK client against the front; the administrator's unless credentials are given. One attempt per call. */
  client<Client>(Class: ClientClass<Client>, options?: { region?: string; credentials?: Credentials }): Client;
  /** Credentials of a role that may do what the statements say, and nothing else. */
  role(...statements: PolicyStatement[]): Credentials;
  /** Closes the clients, the port and the clock. */
  close(): Promise<void>;
}

/**
 * A front on a free port over the given services, with a clock that stands still and a fixed seed:
 *
 *     const aws = await aFront({ services: (host) => [createAcm(host).service] });
 *     const acm = aws.client(ACMClient);
 *     await acm.send(new RequestCertificateCommand({ DomainName: 'shop.example.test' }));
 *     await aws.clock.advance(60_000);
 *     await aws.close();
 *
 * Hooks of a service are kept by assigning inside `services`; a service that calls others takes `dispatch`:
 * `services: (host, dispatch) => [...]`. What a role may do is tried with a client of its own:
 *
 *     const credentials = aws.role({ Effect: 'Allow', Action: 'acm:List*', Resource: '*' });
 *     const lister = aws.client(ACMClient, { credentials });
 */
export async function aFront({
  services,
  seed = 1,
  lagShare = 0,
  startAt = new Date('2026-11-22T12:00:00Z'),
  speed = 0,
  passesAtWork = false,
  permissions,
  kill,
}: {
  services: (host: Host, dispatch: Dispatch) => Service[];
  seed?: number;
  lagShare?: number;
  startAt?: Date;
  speed?: number;
  /** For what is told by how long work takes, as a function's duration. */
  passesAtWork?: boolean;
  /** Instead of the roles that `role` makes. */
  permissions?: (host: Host) => NonNullable<FrontOptions['permissions']>;
  kill?: NonNullable<FrontOptions['kill']>;
}): Promise<AFront> {
  const clock = new Clock({ startAt, speed, passesAtWork });
  const events: ServiceEvent[] = [];
  const host: Host = {
    clock,
    draws: new Draws(seed),
    account: '123456789012',
    homeRegion: 'us-east-1',
    lagShare,
    emit: (event) => void events.push(event),
  };
  const policies = new Map<string, PolicyDocument>();
  const ofTest = createPermissions(host, {
    policiesOf: (roleArn) => [policies.get(roleArn) ?? []].flat(),
    trustOf: () => undefined,
  });
  const calls = new CallLog();
  const faults = new Faults();
  const lags = new Lags(host, lagShare);
  const front: Front = await startFront({
    host,
    calls,
    faults,
    ...(kill && { kill }),
    inside: createInspection(host, { calls, faults }),
    services: (dispatch) => services(host, dispatch).map((service) => lags.over(service)),
    permissions: permissions?.(host) ?? ofTest,
  });
  const clients: { destroy?: () => void }[] = [];
  return {
    host,
    clock,
    events,
    url: front.url,
    dispatch: front.dispatch,
    calls,
    faults,
    client(
      Class,
      { region = 'us-east-1', credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' } } = {},
    ) {
      const client = new Class({ endpoint: front.url, region, credentials, maxAttempts: 1 });
      clients.push(client as { destroy?: () => void });
      return client;
    },
    role(...statements) {
      const roleArn = `arn:aws:iam::${host.account}:role/TestRole${policies.size + 1}`;
      policies.set(roleArn, { Version: '2012-10-17', Statement: statements });
      return ofTest.issue(roleArn, 'test');
    },
    async close() {
      for (const client of clients) client.destroy?.();
      clock.stop();
      await front.close();
    },
  };
}
