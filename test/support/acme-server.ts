import { Agent } from 'node:https';
import { connect } from 'node:tls';
import * as acme from 'acme-client';
import type { ServerCredentials } from '../../domain/server-kit/credentials.ts';
import type { Nameplate } from './nameplate.ts';

/** Where a person's server is. */
const PERSON = '198.51.100.7';

/** An ACME client on a server elsewhere, by the npm package acme-client, registered with credentials of the API. */
export class AcmeServer {
  readonly #nameplate: Nameplate;
  readonly #client: acme.Client;

  private constructor(nameplate: Nameplate, client: acme.Client) {
    this.#nameplate = nameplate;
    this.#client = client;
  }

  static async register(nameplate: Nameplate, credentials: ServerCredentials): Promise<AcmeServer> {
    Object.assign(acme.axios.defaults, { httpsAgent: await agentTo(nameplate, credentials.directory), proxy: false });
    const client = new acme.Client({
      directoryUrl: credentials.directory,
      accountKey: await acme.crypto.createPrivateEcdsaKey(),
      externalAccountBinding: { kid: credentials.keyId, hmacKey: credentials.macKey },
    });
    await client.createAccount({ termsOfServiceAgreed: true });
    return new AcmeServer(nameplate, client);
  }

  /** Key and chain for these names. */
  async issue(...names: string[]): Promise<{ key: string; cert: string }> {
    const order = await this.#client.createOrder({ identifiers: names.map((value) => ({ type: 'dns', value })) });
    const key = await acme.crypto.createPrivateEcdsaKey();
    const [, csr] = await acme.crypto.createCsr({ altNames: names }, key);
    const finalized = await this.#client.finalizeOrder(order, csr);
    await this.#nameplate.aws.clock.advance(121_000);
    return { key: key.toString(), cert: await this.#client.getCertificate(finalized) };
  }
}

async function agentTo({ aws, viewer }: Nameplate, directory: string): Promise<Agent> {
  const [address = ''] = await viewer.addresses(new URL(directory).hostname);
  return Object.assign(new Agent({ keepAlive: false }), {
    createConnection: (
      { servername }: { servername?: string },
      done: (error: Error | null, socket?: unknown) => void,
    ) => {
      aws.internet.connect(PERSON, { address, port: 443 }).then(
        (socket) => done(null, connect({ socket, servername, ca: aws.caPem })),
        (error: Error) => done(error),
      );
    },
  });
}
