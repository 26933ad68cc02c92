// Writes cli/site.schema.json, by which editors complete a site document: npx node cli/site-schema.ts
import { writeFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { declaration } from '../domain/sites/declaration.ts';
import { inCheckout } from './checkout.ts';

/** The JSON Schema of a site document, from the schema that validates it, with the `$schema` that a document names it by. */
export function siteSchema(): object {
  const { $schema, properties, ...rest } = z.toJSONSchema(declaration, { io: 'input' });
  return {
    $schema,
    title: 'A site of Nameplate',
    ...rest,
    properties: { $schema: { type: 'string', description: 'Where this schema is' }, ...properties },
  };
}

if (import.meta.main) writeFileSync(inCheckout('cli/site.schema.json'), `${JSON.stringify(siteSchema(), null, 2)}\n`);
