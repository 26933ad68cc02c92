import type { FieldError } from '../../../domain/problems/problem.ts';
import { Refusal } from './refusal.ts';

/** The refusal of a site for what is wrong with its fields. */
export function invalidSite(domain: string | undefined, errors: FieldError[]): Refusal {
  const which = domain === undefined ? 'the site' : `"${domain}"`;
  const fields = errors.length === 1 ? '1 field is' : `${errors.length} fields are`;
  return new Refusal('invalid-site', `Cannot declare ${which}: ${fields} wrong; nothing was changed`, { errors });
}
