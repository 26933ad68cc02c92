import { Ending } from './exit-codes.ts';
import type { Session } from './session.ts';
import { heedStops, Stopped } from './stop.ts';

/**
 * Asks for an operation of a site. A request to stop meanwhile ends the command alone.
 *
 * @throws {Ending} 130 and the like, with the command that watches what may have begun
 */
export async function begin<Answer>(
  { command }: Pick<Session, 'command'>,
  domain: string,
  ask: (stop: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  const { stop, release } = heedStops();
  try {
    return await ask(stop);
  } catch (error) {
    if (!(stop.reason instanceof Stopped)) throw error;
    const watch = command(`show ${domain} --watch`);
    throw new Ending(`What was asked for ${domain} goes on if it has begun. Watch it: ${watch}`, stop.reason.exitCode);
  } finally {
    release();
  }
}
