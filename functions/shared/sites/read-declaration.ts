import { readEnvironment } from '../../../aws/environment.ts';
import { type Declared, declareSite } from '../../../domain/sites/declare-site.ts';
import { withoutExternalId } from '../../../domain/sites/external-id.ts';

/** The site that a document declares to this stack, or everything that is wrong with the document. */
export function readDeclaration(document: unknown): Declared {
  const declared = declareSite(document);
  if (declared.errors) return declared;
  const read = withoutExternalId(declared.site, readEnvironment());
  return 'error' in read ? { errors: [read.error] } : read;
}
