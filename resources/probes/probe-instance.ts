import { connectPublic } from '../../aws/probes/connect.ts';
import { Unreachable } from '../../aws/probes/unreachable.ts';
import { originOf } from '../../domain/origins/origin.ts';
import type { PreflightFinding } from '../../domain/preflight/finding.ts';
import { type InstanceAnswer, instanceFinding } from '../../domain/preflight/instance-findings.ts';
import type { Instance } from '../../domain/servers/instance.ts';
import type { Site } from '../../domain/sites/site.ts';
import type { Probes } from './probe-edge.ts';

/** A plan is waited for by a person: it does not wait for a security group that drops packets. */
const TIMEOUT_MS = 1_500;

/** One look at the origin's web server where it has a public address: the load balancer or viewers will ask for the same page. */
export async function probeInstance(
  site: Site,
  origin: Pick<Instance, 'publicAddress'>,
  probes: Probes,
): Promise<PreflightFinding> {
  return instanceFinding(await ask(site, origin, probes), site);
}

async function ask(
  site: Site,
  { publicAddress: address }: Pick<Instance, 'publicAddress'>,
  probes: Probes,
): Promise<InstanceAnswer> {
  if (address === undefined) return { failure: 'noPublicAddress', message: 'it has no public address' };
  const { port, healthPath: path } = originOf(site);
  try {
    const target = { address, port, name: site.domain, path };
    return { page: await probes.plain(target, { connect: connectPublic, timeoutMs: TIMEOUT_MS }) };
  } catch (error) {
    if (error instanceof Unreachable) return { failure: error.failure, message: error.message };
    throw error;
  }
}
