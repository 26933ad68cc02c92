import { readEnvironment } from '../../../aws/environment.ts';
import { alarmPlaceProblem } from '../../../domain/failover/alarm-place.ts';
import { type Declared, declareSite } from '../../../domain/sites/declare-site.ts';
import { withoutExternalId } from '../../../domain/sites/external-id.ts';

/** The site that a document declares to this stack, or everything that is wrong with the document. */
export function readDeclaration(document: unknown): Declared {
  const declared = declareSite(document);
  if (declared.errors) return declared;
  const environment = readEnvironment();
  const misplaced = alarmPlaceProblem(declared.site, environment);
  if (misplaced) return { errors: [misplaced] };
  const read = withoutExternalId(declared.site, environment);
  return 'error' in read ? { errors: [read.error] } : read;
}
