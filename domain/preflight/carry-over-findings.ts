import { inWords } from '../records/record-set.ts';
import type { Delegating } from '../zones/carry-over.ts';
import { type EmptyZone, whyPassedOver } from '../zones/empty-zones.ts';
import type { SeenZone } from '../zones/seen-zone.ts';
import { elsewhereInWords, externalOffer, silenceInWords } from '../zones/silenced-names.ts';
import type { PreflightFinding } from './finding.ts';

/** What the delegation of the zones would change for viewers, and zones that are not used because no viewer is sent there. */
export function carryOverFindings({
  zones,
  passedOver = [],
}: {
  zones: readonly SeenZone[];
  passedOver?: readonly EmptyZone[] | undefined;
}): PreflightFinding[] {
  return [
    ...passedOver.map(
      (zone): PreflightFinding => ({ severity: 'warning', check: 'emptyZonePassedOver', message: whyPassedOver(zone) }),
    ),
    ...zones.flatMap((zone) => {
      const delegating = zone.kind === 'ambiguous' ? undefined : zone.delegating;
      return delegating ? findingsOf(zone, delegating, zones.length > 1 ? zone.names : []) : [];
    }),
  ];
}

function findingsOf(zone: SeenZone, delegating: Delegating, names: readonly string[]): PreflightFinding[] {
  const { copies } = delegating;
  const silence = silenceInWords(zone.name, delegating);
  const elsewhere = elsewhereInWords(zone.name, delegating, names);
  const found: PreflightFinding[] = [];
  if (copies.length > 0) {
    const message = `The hosted zone "${zone.name}" gets what viewers are answered today, before its name servers are shown: ${copies.map(inWords).join('; ')}`;
    found.push({ severity: 'info', check: 'answersCopied', message });
  }
  if (silence !== undefined) {
    const message = `${silence}. Applying this plan approves it. ${externalOffer(delegating, names)}`;
    found.push({ severity: 'warning', check: 'namesFallSilent', message });
  }
  if (elsewhere !== undefined) found.push({ severity: 'warning', check: 'zoneServedElsewhere', message: elsewhere });
  return found;
}
