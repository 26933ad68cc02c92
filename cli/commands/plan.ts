import { stops } from '../../domain/plans/stops.ts';
import { shellWord } from '../../domain/shell-word.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { planText } from '../plan-text.ts';
import { type ApiOptions, openSession, sayJson } from '../session.ts';
import { readSiteFile } from '../site-file.ts';

/** Says what onboarding a site, or changing it to this document, would do. */
export async function plan(file: string, options: ApiOptions): Promise<ExitCode> {
  const document = await readSiteFile(file, '.');
  const { api, json, say, next } = await openSession(options);
  const found = await api.plan(document);
  if (json) sayJson(found);
  say(planText(found));
  if (!stops(found)) {
    next(`apply ${shellWord(file)}`);
    return EXIT.done;
  }
  say('\nMend what is in the way first.');
  next(`plan ${shellWord(file)}`);
  return EXIT.refused;
}
