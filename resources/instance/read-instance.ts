import type { EC2Client } from '@aws-sdk/client-ec2';
import { describeInstance } from '../../aws/servers/describe-instance.ts';
import { listSubnetBlocks } from '../../aws/servers/describe-subnets.ts';
import { isStandIn } from '../../domain/changes/stand-in.ts';
import { instanceOf } from '../../domain/origins/instance.ts';
import { newInstanceOf } from '../../domain/origins/new-instance.ts';
import type { FieldError } from '../../domain/problems/problem.ts';
import { foreseenInstance } from '../../domain/servers/foreseen-instance.ts';
import type { Instance } from '../../domain/servers/instance.ts';
import { instanceProblem } from '../../domain/servers/instance-checks.ts';
import type { Site } from '../../domain/sites/site.ts';

/** Reads the instance of a site, or says why it cannot be its origin. One that is yet to be created is foreseen in its subnet. */
export async function readInstance(
  ec2: EC2Client,
  site: Pick<Site, 'origin' | 'tenant'>,
): Promise<{ instance: Instance; problem?: never } | { instance?: never; problem: FieldError }> {
  const { id } = instanceOf(site);
  const created = newInstanceOf(site);
  if (created && isStandIn(id)) {
    const [subnet] = await listSubnetBlocks(ec2, { ids: created.subnet === undefined ? [] : [created.subnet] });
    if (subnet) return { instance: foreseenInstance(id, { type: created.type, subnet }) };
    const detail = `Cannot find the subnet "${created.subnet}" in this account and region; check the id`;
    return { problem: { pointer: '#/origin/newInstance/subnet', detail } };
  }
  const instance = await describeInstance(ec2, id);
  // Its owner tags, and not the tenant's, say whose an instance is that was created for the site; its step starts it.
  if (created && instance) return { instance };
  const problem = instanceProblem(id, instance, site.tenant);
  if (problem) return { problem };
  if (!instance) throw new Error(`Cannot read the instance "${id}": it is missing, and no check says so`);
  return { instance };
}
