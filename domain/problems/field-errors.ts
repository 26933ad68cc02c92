import type * as z from 'zod/mini';
import { pointer } from './pointer.ts';
import type { FieldError } from './problem.ts';

/** What an issue says of each field that it is about. */
export function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  if (issue.code === 'invalid_union') return formErrors(issue);
  if (issue.code !== 'unrecognized_keys') return [{ pointer: pointer(issue.path), detail: issue.message }];
  return issue.keys.map((key) => ({ pointer: pointer([...issue.path, key]), detail: issue.message }));
}

/** What is wrong with the form that was meant: the one that has all fields that are given, or else the kind of the value. */
function formErrors({ errors, path }: z.core.$ZodIssueInvalidUnion): FieldError[] {
  const meant =
    errors.find((issues) => issues.every((each) => each.path.length > 0)) ??
    errors.find((issues) => !issues.some((each) => each.path.length === 0 && each.code !== 'unrecognized_keys'));
  const issues = meant ?? errors[0]?.slice(0, 1) ?? [];
  return issues.flatMap((each) => fieldErrors({ ...each, path: [...path, ...each.path] }));
}
