import { quoted } from '../../../domain/names/name-problem.ts';
import { TENANT } from '../../../domain/sites/tenant.ts';
import type { Query } from './page-query.ts';
import { Refusal } from './refusal.ts';

/**
 * The tenant that a request expects the site to be of, from `?tenant=`; undefined where it expects none.
 *
 * @throws {Refusal} "invalid-parameter" for what no tenant is called: an empty one is a mistake and never means "any"
 */
export function expectedTenant(query: Query): string | undefined {
  const given = query?.['tenant'];
  if (given === undefined || TENANT.test(given)) return given;
  const fix = 'give 1 to 63 letters, digits, ".", "_" or "-", a letter or digit first';
  throw new Refusal('invalid-parameter', `Cannot use ${quoted(given)} as "tenant": ${fix}`);
}
