import type { EC2Client } from '@aws-sdk/client-ec2';
import { describeInstance } from '../../aws/servers/describe-instance.ts';
import { instanceOf } from '../../domain/origins/instance.ts';
import type { FieldError } from '../../domain/problems/problem.ts';
import type { Instance } from '../../domain/servers/instance.ts';
import { instanceProblem } from '../../domain/servers/instance-checks.ts';
import type { Site } from '../../domain/sites/site.ts';

/** Reads the instance of a site, or says why it cannot be its origin. */
export async function readInstance(
  ec2: EC2Client,
  site: Pick<Site, 'origin' | 'tenant'>,
): Promise<{ instance: Instance; problem?: never } | { instance?: never; problem: FieldError }> {
  const { id } = instanceOf(site);
  const instance = await describeInstance(ec2, id);
  const problem = instanceProblem(id, instance, site.tenant);
  if (problem) return { problem };
  if (!instance) throw new Error(`Cannot read the instance "${id}": it is missing, and no check says so`);
  return { instance };
}
