import type { Resolver } from '../../../aws/dns/resolver.ts';
import type { Change } from '../../../domain/changes/change.ts';
import { toMendFirst } from '../../../domain/preflight/finding.ts';
import { pointerToName } from '../../../domain/sites/names-of.ts';
import type { Site } from '../../../domain/sites/site.ts';
import type { SeenZone } from '../../../domain/zones/seen-zone.ts';
import { Refusal } from '../api/api.ts';
import { readDnsFindings } from './dns-findings.ts';

/**
 * Lets nothing begin that DNS keeps from going live and that no step waits for: a person would delegate a zone, or enter
 * records, before a step stops there. What else a plan finds as an error is refused by what reads it.
 *
 * @throws {Refusal} "to-be-mended" with every finding
 */
export async function refuseFindings(
  { site, zones, changes }: { site: Site; zones: readonly SeenZone[]; changes: readonly Change[] },
  { dns, cannot }: { dns: Resolver; cannot: string },
): Promise<void> {
  const found = toMendFirst(await readDnsFindings(dns, { site, zones, changes }));
  if (found.length === 0) return;
  const errors = found.map(({ check, message, name }) => ({
    pointer: pointerToName(site, name ?? ''),
    detail: `${check}: ${message}`,
  }));
  const which = found.length === 1 ? '1 finding has' : `${found.length} findings have`;
  const detail = `${cannot}: ${which} to be mended first; nothing was made. Do as each says, then send the request again`;
  throw new Refusal('to-be-mended', detail, { errors });
}
