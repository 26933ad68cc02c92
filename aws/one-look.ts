import { client } from './clients.ts';

/** What gives the client of a service: `client` itself, or one whose clients remember. */
export type Clients = typeof client;

/** The part of an SDK client that this file needs. */
interface Sending {
  send(command: Command): Promise<unknown>;
}

interface Command {
  input: object;
}

/**
 * Clients for one look at the world: each thing that is asked for in the same words is asked once, and whoever asks again
 * gets the same answer, or the same failure. They only ever look; and they are let go with the request that they were made
 * for, for what they remember grows old.
 */
export function oneLook(): Clients {
  const looking = new Map<unknown, unknown>();
  return (Type, options) => {
    const asked = client(Type, options);
    const known = looking.get(asked) ?? remembering(asked as Sending);
    looking.set(asked, known);
    return known as typeof asked;
  };
}

function remembering(asked: Sending): Sending {
  const answers = new Map<unknown, Map<string, Promise<unknown>>>();
  const send = (command: Command): Promise<unknown> => {
    // By the class and not by its name, which a bundle may shorten.
    const ofKind = answers.get(command.constructor) ?? new Map<string, Promise<unknown>>();
    const words = JSON.stringify(command.input);
    const answer = ofKind.get(words) ?? asked.send(command);
    answers.set(command.constructor, ofKind.set(words, answer));
    return answer;
  };
  return Object.create(asked, { send: { value: send } }) as Sending;
}
