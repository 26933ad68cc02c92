import type { Answer } from '../../cli/viewer.ts';
import { watchConstantly } from '../../cli/watch-constantly.ts';
import type { Nameplate } from './nameplate.ts';
import type { Watched } from './watch.ts';

/** Lets the operation of a site end while a viewer asks for the names all the time. An answer is right with status 200 unless told otherwise. */
export async function watchedConstantly(
  nameplate: Nameplate,
  domain: string,
  names: readonly string[],
  isRight?: (answer: Answer) => boolean,
): Promise<Watched> {
  const seen = await watchConstantly(names, { aws: nameplate.aws, viewer: nameplate.viewer, isRight });
  return { site: await nameplate.ended(domain), ...seen };
}
