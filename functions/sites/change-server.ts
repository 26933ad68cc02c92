import { EC2Client } from '@aws-sdk/client-ec2';
import * as z from 'zod/mini';
import { client } from '../../aws/clients.ts';
import { readEnvironment } from '../../aws/environment.ts';
import { isCode } from '../../aws/error-code.ts';
import { writeTimeline } from '../../aws/ledger/write-timeline.ts';
import { startInstance, stopInstance, terminateInstance } from '../../aws/servers/change-instance-state.ts';
import type { Made } from '../../domain/ledger/made.ts';
import { madeOf } from '../../domain/ledger/made-of.ts';
import type { SiteItem } from '../../domain/ledger/site-item.ts';
import type { SiteRecord } from '../../domain/ledger/site-record.ts';
import { instanceIdsOf } from '../../domain/origins/instance.ts';
import { type ServerAction, serverAction } from '../../domain/servers/server-action.ts';
import { WAIT_OR_CANCEL } from '../../domain/sites/life/advice.ts';
import { isDeclared } from '../../domain/sites/life/states.ts';
import { locationOf, Refusal } from '../shared/api/api.ts';
import { onSite } from '../shared/api/on-site.ts';
import { readJson } from '../shared/api/read-body.ts';
import { forget } from '../shared/ledger/forget.ts';
import { writeOver } from '../shared/ledger/write-over.ts';
import { refuseWhileStopped } from '../shared/sites/kill-switch.ts';

/**
 * `POST /v1/sites/{domain}/server`: stops, starts or removes the instance that was created for the site. Each may be asked for again.
 * That it was stopped so is written down first: the look after live sites takes it for no fault.
 */
export const handler = onSite(async ({ ledger, record, body, by, now }) => {
  const action = readAction(body);
  const { item } = record;
  const [instance, ...others] = instancesFor(record, action);
  if (!instance) throw noServer(item, action);
  await refuseWhileStopped(readEnvironment(), now);
  const { serverStopped: _, left, ...rest } = item;
  const ids = [instance, ...others].map(({ id }) => id);
  const stays = left?.filter(({ id }) => action !== 'remove' || !ids.includes(id));
  const next: SiteItem = {
    ...rest,
    ...(stays?.length && { left: stays }),
    ...(action === 'stop' && { serverStopped: true as const }),
    updatedAt: now.toISOString(),
  };
  if (!(await writeOver(ledger, next, { over: item }))) throw running(item, action);
  for (const { id } of [instance, ...others]) await ACTS[action](id, item);
  if (action === 'remove') await forget(ledger, record, [instance, ...others]);
  const message = `${DONE[action]} the instance ${ids.join(', ')}${action === 'stop' ? consequence(item) : ''}`;
  const entry = { id: `${item.revision}-server-${action}`, at: now.toISOString(), message };
  await writeTimeline(ledger, item.domain, { ...entry, ...(by !== undefined && { by }) });
});

const ACTS: Record<ServerAction, (id: string, item: SiteItem) => Promise<void>> = {
  stop: (id, item) => inState(stopInstance(client(EC2Client), id), { id, item, action: 'stop' }),
  start: (id, item) => inState(startInstance(client(EC2Client), id), { id, item, action: 'start' }),
  remove: (id, item) => inState(terminateInstance(client(EC2Client), id), { id, item, action: 'remove' }),
};

const DONE: Record<ServerAction, string> = { stop: 'Stops', start: 'Starts', remove: 'Terminates, with its disk,' };

/** What viewers get meanwhile. */
function consequence({ site }: SiteItem): string {
  return site.failover
    ? ': viewers are shown the page of the failover once its checks fail; maintenance that is switched on shows it at once'
    : ': viewers get the errors of what is before it, since the site has no failover';
}

/** @throws {Refusal} "wrong-server-state" with what to do */
async function inState(
  act: Promise<void>,
  { id, item, action }: { id: string; item: SiteItem; action: ServerAction },
): Promise<void> {
  try {
    await act;
  } catch (error) {
    if (!isCode(error, 'IncorrectInstanceState', 'OperationNotPermitted', 'InvalidInstanceID.NotFound')) throw error;
    const why = error.message.trim().replace(/\.+$/, '');
    const detail = `Cannot ${action} the instance "${id}" of "${item.domain}": ${why}; see its state (aws ec2 describe-instances --instance-ids ${id}), then repeat the request`;
    throw new Refusal('wrong-server-state', detail, { headers: { location: locationOf(item.domain) } });
  }
}

/** The instance that was created for the site and that the action is for: its server, or what no document of the site uses. */
function instancesFor(record: SiteRecord, action: ServerAction): Made[] {
  const { item } = record;
  if (item.operation) throw running(item, action);
  const all = madeOf(record, 'instance');
  const { site, live } = item;
  const used = isDeclared(item) ? instanceIdsOf([site, ...(live ? [live] : [])]) : [];
  return all.filter(({ id }) => used.includes(id) === (action !== 'remove'));
}

function noServer({ domain }: SiteItem, action: ServerAction): Refusal {
  const why =
    action === 'remove'
      ? 'none was created for it that no document of it uses; change the site to another origin first, or delete the site, which takes it along'
      : 'none was created for it that serves it; declare "origin": { "newInstance": … }';
  const detail = `Cannot ${action} the server of "${domain}": ${why}`;
  return new Refusal('no-server', detail, { headers: { location: locationOf(domain) } });
}

function running({ domain }: SiteItem, action: ServerAction): Refusal {
  const detail = `Cannot ${action} the server of "${domain}": an operation is running for the site; ${WAIT_OR_CANCEL}`;
  return new Refusal('operation-running', detail, { headers: { location: locationOf(domain) } });
}

function readAction(body: string): ServerAction {
  const parsed = z.safeParse(serverAction, readJson(body));
  if (parsed.success) return parsed.data.action;
  const errors = [{ pointer: '#/action', detail: 'Must be "stop", "start" or "remove", and the only field' }];
  const detail = 'Cannot read what is to become of the server: send {"action": "stop"}';
  throw new Refusal('invalid-parameter', detail, { errors });
}
