import * as z from 'zod/mini';
import { declaration } from '../domain/sites/declaration.ts';

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
