import type * as z from 'zod/mini';
import type { certificateList } from '../../domain/care/view.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { everyPage } from '../pages.ts';
import { type ApiOptions, openSession, sayJson } from '../session.ts';
import { table } from '../text/table.ts';

type Certificates = z.output<typeof certificateList>['certificates'];

/** The certificates of all live sites, what ends first first. */
export async function certificates(options: ApiOptions): Promise<ExitCode> {
  const { api, json, say, next } = await openSession(options);
  const found: Certificates = await everyPage(api, '/v1/certificates?limit=100', 'certificates');
  if (json) sayJson({ certificates: found });
  if (found.length === 0) {
    say('No certificates are known yet: each live site is looked at within six hours');
    next('list');
    return EXIT.done;
  }
  const rows = found.map(({ domain, place, type, daysLeft, renewal, names }) => [
    domain,
    place,
    type,
    String(daysLeft),
    renewal,
    names.join(', '),
  ]);
  say(table(['domain', 'place', 'type', 'days left', 'renewal', 'names'], rows));
  next('alerts');
  return EXIT.done;
}
