import { createHash } from 'node:crypto';
import type { ResourceRecord } from '@aws-sdk/client-acm';
import { canonical, type Resolve } from './dns.ts';

// Source: AWS Certificate Manager User Guide, "DNS validation"; checked 2026-11-22.
const CNAMES_FOLLOWED = 5;

/** The name that is validated: a wildcard's parent stands for it. */
export const validatedName = (name: string): string => name.replace(/^\*\./, '');

/**
 * The CNAME that proves control of a name. It depends on the account and the name alone: every certificate of the
 * account for that name, its wildcard included and in every Region, asks for the same one.
 */
export const validationRecord = (account: string, name: string): ResourceRecord =>
  recordFor(account, validatedName(name));

/** The CNAME of a domain validation: another one for each ACME endpoint. */
export const endpointValidationRecord = (endpointArn: string, domainName: string): ResourceRecord =>
  recordFor(endpointArn, domainName);

function recordFor(owner: string, base: string): ResourceRecord {
  const digits = createHash('sha256').update(`acm ${owner} ${base}`).digest('hex');
  const letters = [...digits.slice(0, 10)].map((digit) => LETTERS[Number.parseInt(digit, 16)]).join('');
  return {
    Name: `_${digits.slice(0, 32)}.${base}.`,
    Type: 'CNAME',
    Value: `_${digits.slice(32)}.${letters}.acm-validations.aws.`,
  };
}

const LETTERS = 'bcdfghjklmnpqrst';

/** True when the record can be found in DNS, at the name itself or behind CNAMEs that lead to its value. */
export async function recordVisible(resolve: Resolve, { Name, Value }: ResourceRecord): Promise<boolean> {
  const wanted = canonical(Value ?? '');
  let name = canonical(Name ?? '');
  for (let followed = 0; followed < CNAMES_FOLLOWED; followed++) {
    const { answers } = await resolve(name, 'CNAME');
    const found = answers.find((answer) => answer.type === 'CNAME' && canonical(answer.name) === name);
    if (typeof found?.data !== 'string') return false;
    name = canonical(found.data);
    if (name === wanted) return true;
  }
  return false;
}
