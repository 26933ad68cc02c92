import type { Nameplate } from '../support/nameplate.ts';

/** What a name answers with: the site, its page, which alone says when to ask again, or nothing of ours. */
export type Shows = 'site' | 'page' | 'neither';

/** Asks for a name, as DNS says or at an address. */
export async function shown(
  { viewer }: Pick<Nameplate, 'viewer'>,
  { name, over, at }: { name: string; over: 'http' | 'https'; at?: string },
): Promise<Shows> {
  try {
    const { status, headers } =
      over === 'http' ? await viewer.http(name) : await viewer.https(name, { at: at ?? name });
    if (status === 200) return 'site';
    return status === 503 && headers['retry-after'] !== undefined ? 'page' : 'neither';
  } catch {
    return 'neither';
  }
}
