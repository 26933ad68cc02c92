import { quoted } from '../../../domain/names/name-problem.ts';
import { Refusal } from '../api/api.ts';

/** The refusal of a maintenance window that a site does not have. */
export function noSuchWindow(domain: string, id: string): Refusal {
  const detail = `Cannot find the maintenance window ${quoted(id)} of "${domain}": see the list of its windows`;
  return new Refusal('window-not-found', detail);
}
