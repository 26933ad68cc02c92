import { resourceName } from '../../domain/ownership.ts';
import type { Thing } from '../support/inventory.ts';
import type { SiteLedger } from './ledger-of.ts';

/** A site and its world with everything left out that differs from run to run: ids, addresses, instants, its domain. */
export interface Picture {
  things: string[];
  ledger: string[];
}

/** The picture of what a run has made; two runs of the same declaration must give the same. */
export function pictureOf(
  domain: string,
  { things, ledger, instanceId }: { things: readonly Thing[]; ledger: SiteLedger; instanceId: string },
): Picture {
  const zoneIds = things
    .filter(({ type }) => type === 'record' || type === 'hosted zone')
    .map(({ id }) => id.split(' ')[0] ?? '');
  const plain = (value: unknown): string =>
    [instanceId, ...new Set(zoneIds)]
      .reduce((text, id, at) => text.replaceAll(id, at === 0 ? 'INSTANCE' : 'ZONE'), JSON.stringify(value))
      .replaceAll(domain, 'SITE')
      .replaceAll(resourceName(domain), 'RESOURCE')
      .replace(/"(?:CreatedTime|CreatedAt|IssuedAt|NotBefore|NotAfter)":"[^"]*"/g, '"INSTANT"')
      .replace(/ns-\d+\.awsdns-\d+\.[a-z.]+/g, 'NAME-SERVER')
      .replace(/"CallerReference":"[^"]*"/g, '"REFERENCE"')
      .replace(/"HeaderValue":"[0-9a-f]{64}"/g, '"SECRET"')
      .replace(/d[0-9a-z]{13}\.cloudfront\.net/g, 'DISTRIBUTION.cloudfront.net')
      .replace(/"Size":\d+,"ETag":"\\"[0-9a-f]{32}\\""/, '"DOCUMENT"')
      .replace(/_[0-9a-f]{32}\.[a-z]+\.acm-validations/g, 'VALIDATION.acm-validations')
      .replace(/_[0-9a-f]{32}/g, 'VALIDATION')
      .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UUID')
      .replace(/(?:[a-z]+)-[0-9a-f]{17}/g, 'ID')
      .replace(/\/[0-9a-f]{16}/g, '/ID')
      .replace(/RESOURCE-\d+\./g, 'RESOURCE-N.')
      .replace(/203\.0\.113\.\d+/g, 'ADDRESS')
      .replace(/10\.0\.\d+\.\d+/g, 'PRIVATE');
  return {
    things: things.map(({ type, tags, state }) => plain([type, tags, state])).sort(),
    ledger: [
      plain(['site', ledger.site?.state, ledger.site?.operation, ledger.site?.reason]),
      ...ledger.steps.map(({ name, state, made }) =>
        plain(['step', name, state, made.map(({ type, ours }) => [type, ours]).sort()]),
      ),
      ...ledger.claims.map(({ name }) => plain(['claim', name])),
    ].sort(),
  };
}

/** What one picture has and the other has not, in sentences; empty when they are the same. */
export function differences(wanted: readonly string[], got: readonly string[]): string[] {
  const missing = without(wanted, got).map((one) => `misses ${one}`);
  const surplus = without(got, wanted).map((one) => `has besides ${one}`);
  return [...missing, ...surplus];
}

/** The lines of one list that the other has not, each as often as it stands too much. */
function without(lines: readonly string[], taken: readonly string[]): string[] {
  const left = [...taken];
  return lines.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
