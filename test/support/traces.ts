import type { Nameplate } from './nameplate.ts';

/**
 * All that would still say whose a site was: things with its tags, records that DNS has of it, its page, and what a viewer gets at its
 * names. Empty once it is gone; a line each.
 */
export async function traces(nameplate: Nameplate, names: readonly string[]): Promise<string[]> {
  const [domain = ''] = names;
  const things = (await nameplate.look()).filter(
    ({ type, id, tags, state }) =>
      tags['nameplate:site'] === domain ||
      (type === 'page' && id.includes(domain)) ||
      (type === 'record' &&
        (id.includes('_nameplate.') || id.includes(' _')) &&
        JSON.stringify(state).includes(domain)),
  );
  const answers = await Promise.all(names.map((name) => answersOf(nameplate, name)));
  return [...things.map(({ type, id }) => `${type} ${id}`), ...answers.flat()];
}

async function answersOf({ viewer }: Nameplate, name: string): Promise<string[]> {
  try {
    return (await viewer.addresses(name)).map((address) => `${name} ${address}`);
  } catch (error) {
    if (['ENOTFOUND', 'ENODATA'].includes((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw error;
  }
}
