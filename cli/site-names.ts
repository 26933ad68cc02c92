import { setTimeout as sleep } from 'node:timers/promises';
import type { SiteList } from '../domain/sites/view.ts';
import { Api } from './api.ts';
import { everyPage } from './pages.ts';
import { Remembered } from './remembered.ts';
import { findTarget, type TargetOptions } from './target/target.ts';

/** Who presses TAB waits no longer, and asks again and again. */
const LONGEST_MS = 1_000;
const FRESH_MS = 30_000;

/** The domains of all sites, as far as the API tells them in a moment: none where it is not found or not reached. */
export async function siteNames({ tenant, ...options }: TargetOptions & { tenant?: string }): Promise<string[]> {
  const remembered = new Remembered<{ names: string[] }>('names.json', { freshMs: FRESH_MS });
  const { AWS_PROFILE, AWS_REGION, NAMEPLATE_URL } = process.env;
  const key = JSON.stringify({ ...options, tenant, AWS_PROFILE, AWS_REGION, NAMEPLATE_URL });
  const known = await remembered.find(key);
  if (known) return known.names;
  const late = sleep(LONGEST_MS, [], { ref: false });
  return Promise.race([late, asked()]);

  async function asked(): Promise<string[]> {
    try {
      const { url, send } = await findTarget(options);
      const sites = await everyPage<SiteList['sites'][number]>(
        new Api(url, { send, tenant }),
        '/v1/sites?limit=100',
        'sites',
      );
      const names = sites.map(({ domain }) => domain);
      await remembered.keep(key, { names });
      return names;
    } catch {
      // A shell completes nothing, whatever the reason is: the command itself says it.
      return [];
    }
  }
}
