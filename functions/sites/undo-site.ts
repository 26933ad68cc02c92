import * as z from 'zod/mini';
import { readEnvironment } from '../../aws/environment.ts';
import type { Ledger } from '../../aws/ledger/ledger.ts';
import { oneLook } from '../../aws/one-look.ts';
import { route53Of } from '../../aws/zones/route53-of.ts';
import type { SiteItem } from '../../domain/ledger/site-item.ts';
import type { SiteRecord } from '../../domain/ledger/site-record.ts';
import { isExternal } from '../../domain/sites/dns.ts';
import type { UndoTarget } from '../../domain/sites/life/operations.ts';
import { UNDO_REQUESTS } from '../../domain/sites/life/requests.ts';
import { desiredDocument, isEndOf, isGoingBack, refusedOver, undoTarget } from '../../domain/sites/life/standing.ts';
import { undoing } from '../../domain/sites/undoing.ts';
import { Refusal } from '../shared/api/api.ts';
import { onSite, refused, settled, tooLate } from '../shared/api/on-site.ts';
import { readJson } from '../shared/api/read-body.ts';
import { type Approved, approvedRemoval } from '../shared/removal/approved-removal.ts';
import { readDeletions } from '../shared/removal/read-deletions.ts';
import { readReleases } from '../shared/removal/read-releases.ts';
import { occupiedZones, releasedInZones } from '../shared/removal/released-zones.ts';
import { refuseWhileStopped } from '../shared/sites/kill-switch.ts';
import { beginUndo } from '../shared/sites/undoing.ts';

/**
 * `POST /v1/sites/{domain}/undo`: takes back what was made for the site, in reverse; a change that failed or was cancelled
 * goes back to the document that was live. What an undo had to leave standing is tried again by another one. More than goes
 * unasked of a site that was live has to be approved, and so has what cannot be removed.
 */
export const handler = onSite(async ({ ledger, record, body, key, by, now }) => {
  const { item } = record;
  const { approve, to: asked } = readUndoing(body);
  await refuseWhileStopped(readEnvironment(), now);
  const to = (of: SiteItem) => asked ?? undoTarget(of);
  const isMine = (of: SiteItem): boolean => {
    const desires = desiredDocument(of) !== undefined;
    return to(of) === 'live' ? desires && isGoingBack(of) : !desires;
  };
  const { over } = await settled(ledger, item, { request: UNDO_REQUESTS[to(item)], key, isMine });
  if (!over || isEndOf(over, key)) return;
  const request = UNDO_REQUESTS[to(over)];
  const kind = refusedOver(request, over);
  if (kind) throw refused(request, over, { kind, lacks: lackedBy(over, to(over)) });
  const approved =
    to(over) === 'live' ? undefined : await approvedFor({ ...record, item: over }, { ledger, approve, now });
  const begun = { request: key, by, approve, approved, now, why: 'it was asked for', to: to(over) };
  if (!(await beginUndo(ledger, over, begun))) throw tooLate(request, over);
});

/** What an undo would need that the site doesn't have, where that is why it is refused. */
function lackedBy(over: SiteItem, to: UndoTarget): string | undefined {
  if (to === 'nothing') return 'nothing of it is left';
  return over.live ? undefined : 'it was never live, or is being taken back';
}

/**
 * What the undo may delete and retain: all is read before the first record goes. A site that never was live takes back what
 * it made itself, however many records that is.
 */
async function approvedFor(
  record: SiteRecord,
  { ledger, approve, now }: { ledger: Ledger; approve: string | undefined; now: Date },
): Promise<Partial<Approved>> {
  const { domain, liveAt, site } = record.item;
  const environment = readEnvironment();
  const stack = environment.stackName;
  const look = { clients: oneLook(), environment, ledger };
  const route53 = route53Of(site, environment, look.clients);
  const isLimited = liveAt !== undefined && !isExternal(site);
  const scope = { owner: { domain, stack }, site: undefined, record, known: {}, retained: [], now };
  const released = await readReleases(look, scope);
  const obstacles = [...released.obstacles, ...(await occupiedZones(look, released))];
  if (!isLimited && obstacles.length === 0) return {};
  const inZones = isLimited ? await readDeletions(route53, releasedInZones(released), stack) : [];
  const { deletes, retains } = approvedRemoval(inZones, { domain, obstacles, approve });
  return { ...(isLimited && { deletes }), retains };
}

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
