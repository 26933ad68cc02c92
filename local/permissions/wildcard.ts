import { remembered } from '../remembered.ts';

/** What the wildcards of a pattern stand for, as regular expressions. */
interface Wildcards {
  many: string;
  manyAtFieldEnd?: string;
  one: string;
}

/** Patterns of policies are met by every call. */
const expressions = (wildcards: Wildcards, flags = '') =>
  remembered((pattern) => expression(pattern, wildcards, flags));

const sameCase = expressions({ many: '[^]*', one: '[^]' });
const anyCase = expressions({ many: '[^]*', one: '[^]' }, 'i');
const ofResource = expressions({ many: '[^:]*', manyAtFieldEnd: '[^]*', one: '[^:]' });

/** Whether `text` meets a pattern in which "*" stands for any characters and "?" for one. */
export function meets(pattern: string, text: string, { ignoreCase = false } = {}): boolean {
  return (ignoreCase ? anyCase : sameCase)(pattern).test(text);
}

/**
 * Whether a resource meets the pattern of a Resource element. Wildcards stay within the fields between colons, except
 * a "*" that ends its field: that one reaches on ("arn:aws:sqs:*" meets every queue).
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html; checked 2026-11-22.
 */
export function resourceMeets(pattern: string, resource: string): boolean {
  return ofResource(pattern).test(resource);
}

/**
 * Whether an ARN meets the pattern of an ArnLike condition: the six fields are compared one by one.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html; checked 2026-11-22.
 */
export function arnMeets(pattern: string, arn: string): boolean {
  const wanted = fields(pattern);
  const given = fields(arn);
  return wanted.length === given.length && given.every((field, index) => meets(wanted[index] ?? '', field));
}

/** The fields of an ARN; what follows the fifth colon is one field, colons and all. */
function fields(arn: string): string[] {
  const parts = arn.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

function expression(pattern: string, { many, manyAtFieldEnd = many, one }: Wildcards, flags: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/[*?]/g, (wildcard, at: number, whole: string) => {
      if (wildcard === '?') return one;
      const next = whole[at + 1];
      return next === undefined || next === ':' ? manyAtFieldEnd : many;
    });
  return new RegExp(`^${source}$`, flags);
}
