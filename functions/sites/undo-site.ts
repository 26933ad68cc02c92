import * as z from 'zod/mini';
import { undoing } from '../../domain/sites/undoing.ts';
import { Refusal } from '../shared/api/api.ts';
import { onSite } from '../shared/api/on-site.ts';
import { readJson } from '../shared/api/read-body.ts';
import { takeBack } from '../shared/removal/take-back.ts';

/**
 * `POST /v1/sites/{domain}/undo`: takes back what was made for the site, in reverse; a change that failed or was cancelled
 * goes back to the document that was live. What an undo had to leave standing is tried again by another one.
 */
export const handler = onSite(({ body, ...request }) => takeBack(request, readUndoing(body)));

function readUndoing(body: string): z.output<typeof undoing> {
  if (body.trim() === '') return {};
  const parsed = z.safeParse(undoing, readJson(body));
  if (parsed.success) return parsed.data;
  const to = { pointer: '#/to', detail: 'Must be "live" or "nothing"' };
  const approve = { pointer: '#/approve', detail: 'Must be the checksum that a refusal has given' };
  const isWrong = ({ pointer }: { pointer: string }) =>
    parsed.error.issues.some(({ path }) => `#/${String(path[0])}` === pointer);
  const wrong = [approve, to].filter(isWrong);
  const errors = wrong.length > 0 ? wrong : [approve, to];
  throw new Refusal('invalid-parameter', 'Cannot read the undo: send nothing, {"approve": "…"} or {"to": "live"}', {
    errors,
  });
}
