import type { Environment } from '../../aws/environment.ts';
import { route53Of } from '../../aws/zones/route53-of.ts';
import { outputIfDone } from '../../domain/ledger/outputs.ts';
import type { SiteRecord } from '../../domain/ledger/site-record.ts';
import { listed } from '../../domain/listed.ts';
import { inWords, type RecordSet } from '../../domain/records/record-set.ts';
import { isExternal } from '../../domain/sites/dns.ts';
import type { Site } from '../../domain/sites/site.ts';
import { readZoneViews } from '../record/zone-views.ts';
import { missingValidation, validationSets } from './batch.ts';

/** The validation records of the site's certificate that its zones in Route 53 lack now. */
export interface ValidationCheck {
  gone: RecordSet[];
  replaced: RecordSet[];
}

/** Reads the site's zones. Records that a person enters elsewhere are not looked at here. */
export async function checkValidation({
  site,
  record,
  environment,
}: {
  site: Site;
  record: SiteRecord;
  environment: Environment;
}): Promise<ValidationCheck> {
  const { records = [] } = outputIfDone(record, 'RequestCertificate') ?? {};
  const { zones = [] } = outputIfDone(record, 'FindZone') ?? {};
  if (isExternal(site) || records.length === 0) return { gone: [], replaced: [] };
  const views = await readZoneViews(route53Of(site, environment), zones);
  const sights = views.map(({ view, names }) =>
    missingValidation(view, validationSets(records.filter(({ domain }) => names.includes(domain)))),
  );
  return { gone: sights.flatMap(({ gone }) => gone), replaced: sights.flatMap(({ replaced }) => replaced) };
}

/** Which records are missing, and what may have removed them; undefined when all are there. */
export function missingInWords({ gone, replaced }: ValidationCheck): string | undefined {
  const missing = [...gone, ...replaced];
  if (missing.length === 0) return undefined;
  const which = missing.length === 1 ? 'The validation record' : 'The validation records';
  const records = listed(missing.map(inWords));
  return `${which} ${records} ${missing.length === 1 ? 'is' : 'are'} missing: another tool (Terraform, CloudFormation, a DNS sync) may manage this zone and have removed or replaced it. Add it to that tool, or let it ignore the name`;
}
