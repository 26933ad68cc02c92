import type { FieldError } from '../problems/problem.ts';
import type { Site } from '../sites/site.ts';

/** Why viewers would never see a message that is asked for. */
export function messageProblems(
  { message, state = 'on' }: { message?: string; state?: 'on' | 'off' },
  { failover }: Pick<Site, 'failover'>,
): FieldError[] {
  if (message === undefined) return [];
  if (state === 'off') return [{ pointer: '#/message', detail: 'Cannot be shown: viewers see the site; leave it out' }];
  if (failover?.page.html === undefined) return [];
  const detail = 'Cannot be shown: the page is the "html" of the document; leave it out, or change the document';
  return [{ pointer: '#/message', detail }];
}
