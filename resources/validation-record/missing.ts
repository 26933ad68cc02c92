import type { Environment } from '../../aws/environment.ts';
import { route53Of } from '../../aws/zones/route53-of.ts';
import type { ValidationCheck } from '../../domain/certificates/missing-validation.ts';
import { namedRecords, VALIDATED, type ValidatedPlace } from '../../domain/certificates/place.ts';
import { doneIn, outputIfDone } from '../../domain/ledger/outputs.ts';
import type { SiteRecord } from '../../domain/ledger/site-record.ts';
import { isExternal } from '../../domain/sites/dns.ts';
import type { Site } from '../../domain/sites/site.ts';
import { readZoneViews } from '../record/zone-views.ts';
import { missingValidation, validationSets } from './batch.ts';

/** Reads the site's zones. Records that a person enters elsewhere are not looked at here. */
export async function checkValidation({
  site,
  record,
  environment,
  places = VALIDATED,
}: {
  site: Site;
  record: SiteRecord;
  environment: Environment;
  /** Whose certificates they validate. Default: all of the site. */
  places?: readonly ValidatedPlace[];
}): Promise<ValidationCheck> {
  const records = namedRecords(doneIn(record), places);
  const { zones = [] } = outputIfDone(record, 'FindZone') ?? {};
  if (isExternal(site) || records.length === 0) return { gone: [], replaced: [] };
  const views = await readZoneViews(route53Of(site, environment), zones);
  const sights = views.map(({ view, names }) =>
    missingValidation(view, validationSets(records.filter(({ domain }) => names.includes(domain)))),
  );
  return { gone: sights.flatMap(({ gone }) => gone), replaced: sights.flatMap(({ replaced }) => replaced) };
}
