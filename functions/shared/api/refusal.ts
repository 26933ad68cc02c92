import { type Problem, type ProblemKind, problem } from '../../../domain/problems/problem.ts';

/** Thrown where a request is refused: what the caller gets instead of an answer. */
export class Refusal extends Error {
  readonly problem: Problem;
  readonly headers: Record<string, string>;

  constructor(
    kind: ProblemKind,
    detail: string,
    {
      errors,
      headers = {},
      approval,
    }: Partial<Pick<Problem, 'errors' | 'approval'>> & { headers?: Record<string, string> } = {},
  ) {
    super(detail);
    this.problem = { ...problem(kind, detail, errors), ...(approval && { approval }) };
    this.headers = headers;
  }
}
