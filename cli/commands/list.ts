import { minute } from '../../domain/minute.ts';
import type { SiteList } from '../../domain/sites/view.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { everyPage } from '../pages.ts';
import { type ApiOptions, openSession, sayJson } from '../session.ts';
import { table } from '../text/table.ts';

export async function list(options: ApiOptions): Promise<ExitCode> {
  const { api, json, say, next } = await openSession(options);
  const sites = await everyPage<SiteList['sites'][number]>(api, '/v1/sites?limit=1000', 'sites');
  if (json) sayJson({ sites } satisfies SiteList);
  if (sites.length === 0) {
    say('No sites yet');
    next('init');
    return EXIT.done;
  }
  const rows = sites.map(({ domain, state, tenant = '', updatedAt }) => [domain, state, tenant, minute(updatedAt)]);
  say(table(['domain', 'state', 'tenant', 'last change'], rows));
  next(`show ${sites.find(({ state }) => state !== 'live')?.domain ?? sites[0]?.domain}`);
  return EXIT.done;
}
