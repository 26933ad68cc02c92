import { readFile } from 'node:fs/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import type { LookOptions } from '../../aws/doctor/look.ts';
import { Ending, EXIT } from '../exit-codes.ts';
import { running } from '../running.ts';
import { throughProxy } from './through-proxy.ts';

/** Endings that the public DNS never has: such a name is one of the local AWS. Source: RFC 2606 and RFC 6761. */
const NEVER_PUBLIC = /(^|\.)(test|example)$/;

/** Whether this Node, unlike Node 20, can be made to trust the local AWS's authority; where not, the checkout's own Node can. */
export const canTrustMore = typeof setDefaultCACertificates === 'function';

const isLocal = (name: string, local: boolean): boolean => local || NEVER_PUBLIC.test(name);

/** Whether the way to a name leads into the local AWS of this checkout. */
export const leadsIntoLocal = (name: string, { local }: { local: boolean }): boolean =>
  isLocal(name, local) && running() !== undefined;

/** How the doctor gets to a name: over the internet, or into the local AWS. */
export interface Way {
  options: LookOptions;
  /** "from this machine" */
  from: string;
}

/**
 * Into the local AWS that runs on this machine, where that is asked for, or where the name can be nowhere else.
 *
 * @throws {Ending} when it is asked for and none runs
 */
export async function wayTo(name: string, { local }: { local: boolean }): Promise<Way> {
  const addresses = isLocal(name, local) ? running() : undefined;
  if (!addresses) {
    if (local)
      throw new Ending(
        'Cannot look into the local AWS: none runs. Boot it in another terminal: nameplate local',
        EXIT.usage,
      );
    return { options: {}, from: 'from this machine' };
  }
  setDefaultCACertificates([...getCACertificates('default'), await readFile(addresses.ca, 'utf8')]);
  const { now } = (await (await fetch(`${addresses.aws}/_local/clock`)).json()) as { now: string };
  const connect = throughProxy(new URL(addresses.proxy));
  return { options: { connect, documentation: true, now: new Date(now) }, from: 'in the local AWS' };
}
