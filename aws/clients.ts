import { FewAttempts, MAX_ATTEMPTS } from './retry-strategy.ts';

/** Until the connection stands. The SDK's own default waits for as long as the function lives. */
const CONNECT_TIMEOUT_MS = 2_000;

/** From sending a request to its answer, for one attempt. */
const REQUEST_TIMEOUT_MS = 10_000;

/** For one call with all its attempts: a function of 30 s keeps 5 s to write down how it went. */
const DEADLINE_MS = 25_000;

/** What every client is made with. The region comes from `AWS_REGION`, as the SDK reads it. */
function clientOptions(attempts: number) {
  return {
    maxAttempts: attempts,
    retryStrategy: new FewAttempts(attempts),
    requestHandler: {
      connectionTimeout: CONNECT_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      // Without it the SDK only warns when the time is up.
      throwOnRequestTimeout: true,
    },
  };
}

type ClientOptions = ReturnType<typeof clientOptions>;

/** The part of an SDK client that this file needs. */
interface SdkClient {
  middlewareStack: { add(middleware: unknown, options: { step: 'initialize'; name: string }): void };
}

/** Where and as whom a client asks. */
interface Whose {
  region?: string;
  credentials?: Borrowed['provider'];
}

/** Credentials of another account, by a name for them; the client asks for new ones before they expire. */
export interface Borrowed {
  as: string;
  provider: () => Promise<{ accessKeyId: string; secretAccessKey: string; sessionToken: string; expiration: Date }>;
}

type Known = Map<unknown, Map<string | undefined, unknown>>;

const clients: Known = new Map();
const oneShotClients: Known = new Map();

/**
 * The one client of a service, made on first use: `client(ACMClient)`. It gives up after 2 s without a connection, 10 s
 * without an answer, 25 s in all, and never waits for a quota. Region and credentials are the function's own unless others
 * are given.
 */
export function client<Client>(
  Type: new (options: ClientOptions & Whose) => Client,
  { region, credentials }: { region?: string; credentials?: Borrowed } = {},
): Client {
  return known(clients, Type, { attempts: MAX_ATTEMPTS, region, credentials });
}

/**
 * A client that sends every call once, for calls that make something anew each time they are sent: after a lost answer
 * the world must be looked at before the next attempt, and a client does not look.
 */
export function oneShotClient<Client>(
  Type: new (options: ClientOptions & Whose) => Client,
  { region, credentials }: { region?: string; credentials?: Borrowed } = {},
): Client {
  return known(oneShotClients, Type, { attempts: 1, region, credentials });
}

function known<Client>(
  all: Known,
  Type: new (options: ClientOptions & Whose) => Client,
  {
    attempts,
    region,
    credentials,
  }: { attempts: number; region?: string | undefined; credentials?: Borrowed | undefined },
): Client {
  const ofType = all.get(Type) ?? new Map<string | undefined, unknown>();
  const key = credentials ? `${region ?? ''} ${credentials.as}` : region;
  const standing = ofType.get(key);
  if (standing) return standing as Client;
  const made = new Type({
    ...clientOptions(attempts),
    ...(region !== undefined && { region }),
    ...(credentials && { credentials: credentials.provider }),
  });
  (made as SdkClient).middlewareStack.add(deadline, { step: 'initialize', name: 'nameplateDeadline' });
  all.set(Type, ofType.set(key, made));
  return made;
}

/** Lets go of a call after DEADLINE_MS; the attempt that is still under way ends by its own timeout. */
const deadline = (next: (args: unknown) => Promise<unknown>) => async (args: unknown) => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = Object.assign(new Error(`AWS gave no answer within ${DEADLINE_MS / 1000} s`), {
      name: 'TimeoutError',
    });
    timer = setTimeout(reject, DEADLINE_MS, error);
  });
  try {
    return await Promise.race([next(args), late]);
  } finally {
    clearTimeout(timer);
  }
};
