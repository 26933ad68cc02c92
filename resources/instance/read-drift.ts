import { EC2Client } from '@aws-sdk/client-ec2';
import type { Clients } from '../../aws/one-look.ts';
import { describeInstance } from '../../aws/servers/describe-instance.ts';
import type { SiteRecord } from '../../domain/ledger/site-record.ts';
import type { EdgeRemoval } from '../../domain/load-balancers/edge-removals.ts';
import { newInstanceOf } from '../../domain/origins/new-instance.ts';
import type { Site } from '../../domain/sites/site.ts';
import { isEnding } from './changes.ts';

/** Whether others have stopped or terminated the instance that was created for a site. */
export async function readInstanceDrift(
  site: Pick<Site, 'origin'>,
  { record: { item }, clients }: { record: SiteRecord; clients: Clients },
): Promise<EdgeRemoval[]> {
  const { id } = newInstanceOf(site) ?? {};
  if (id === undefined) return [];
  const { state } = (await describeInstance(clients(EC2Client), id)) ?? { state: 'terminated' };
  if (state === 'running' || state === 'pending') return [];
  const ends = isEnding({ state });
  if (!ends && item.serverStopped) return [];
  const what = `the instance "${id}", which was created for the site, is ${state}`;
  return [{ what, calls: [ends ? 'TerminateInstances' : 'StopInstances'] }];
}
