import { Resolver } from 'node:dns/promises';
import { markerName } from '../../domain/records/marker.ts';
import type { Nameplate } from './nameplate.ts';

/**
 * All that would still say whose a site was: things with its tags, records that Route 53 lists of it, its page, and what DNS answers: at
 * its names with addresses, and at the name and type of every record that the ledger says is released, and of its owner marker. Empty
 * once it is gone; a line each.
 *
 * @throws {Error} where the ledger does not say that anything was released
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
  const { released = [], kept = [] } = await nameplate.show(domain);
  if (released.length === 0 && kept.length === 0) throw new Error(`The ledger has nothing of "${domain}" as released`);
  const records = released.flatMap(({ type, id }) => (/record$/.test(type) ? [id] : []));
  const owned = records.map((id) => `${markerName(nameAndType(id).name)} TXT`);
  const asked = new Set([...names.flatMap((name) => [`${name} A`, `${name} AAAA`]), ...records, ...owned]);
  const answers = await Promise.all([...asked].map((id) => answersOf(nameplate, nameAndType(id))));
  return [...things.map(({ type, id }) => `${type} ${id}`), ...answers.flat()];
}

/** Of a record as the ledger names it: "shop.example.test A", or with its role in a failover, "shop.example.test A PRIMARY". */
function nameAndType(id: string): { name: string; type: string } {
  const [name = '', type = ''] = id.split(' ');
  return { name, type };
}

/** Asks the recursive resolver of the local AWS by UDP, as dig does. */
async function answersOf({ aws }: Nameplate, { name, type }: { name: string; type: string }): Promise<string[]> {
  const resolver = new Resolver({ timeout: 5_000, tries: 2 });
  resolver.setServers([aws.dns]);
  try {
    const answers = (await resolver.resolve(name, type)) as unknown[];
    return answers.map((answer) => `${name} ${type} ${JSON.stringify(answer)}`);
  } catch (error) {
    if (['ENOTFOUND', 'ENODATA'].includes((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw error;
  }
}
