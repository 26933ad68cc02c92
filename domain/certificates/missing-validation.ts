import { listed } from '../listed.ts';
import { inWords, type RecordSet } from '../records/record-set.ts';

/** The validation records of the site's certificate that its zones in Route 53 lack now. */
export interface ValidationCheck {
  gone: RecordSet[];
  replaced: RecordSet[];
}

/** Which records are missing, and what may have removed them; undefined when all are there. */
export function missingInWords({ gone, replaced }: ValidationCheck): string | undefined {
  const missing = [...gone, ...replaced];
  if (missing.length === 0) return undefined;
  const which = missing.length === 1 ? 'The validation record' : 'The validation records';
  const records = listed(missing.map(inWords));
  return `${which} ${records} ${missing.length === 1 ? 'is' : 'are'} missing: another tool (Terraform, CloudFormation, a DNS sync) may manage this zone and have removed or replaced it. Add it to that tool, or let it ignore the name`;
}
