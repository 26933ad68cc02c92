import type { Internet } from '../internet/internet.ts';
import type { Authority } from './authority.ts';
import type { DomainName } from './domain-name.ts';
import { answerMessage } from './message.ts';
import { serveStream } from './stream.ts';

/** Where every name server listens. */
export const DNS_PORT = 53;

/** A name server of the small internet: its name, where it listens, and what it answers from. */
export interface NameServer {
  name: DomainName;
  address: string;
  authority: Authority;
}

/**
 * Lets a name server listen until the returned function is called. The small internet has connections but no datagrams, so
 * it is asked over TCP, as RFC 7766 allows.
 */
export function startNameServer(internet: Internet, { address, authority }: NameServer): () => void {
  return internet.listen({ address, port: DNS_PORT }, (connection) => {
    void serveStream(connection, (message) =>
      answerMessage(message, { transport: 'tcp', answer: (question) => authority.answer(question) }),
    );
  });
}
