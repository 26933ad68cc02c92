import { listed } from '../../listed.ts';
import { type Finding, finding } from '../finding.ts';
import { type Check, outcome, well } from '../outcome.ts';
import { isSeen, type Seen } from '../seen.ts';
import { awsResourceOf, chosenByCustomers, isInstanceName } from './claimable.ts';

/** Whether the name leads to addresses that viewers reach. */
export const addresses: Check = (seen) => {
  const { names, leftOut } = seen;
  const findings = [nowhere(seen), inside(seen), instance(seen)].filter((found) => found !== undefined);
  if (leftOut > 0) {
    const message = `"${seen.name}" has ${names.addresses.length} addresses; ${leftOut} of them were not looked at`;
    findings.push(finding('tooManyAddresses', { message }));
  }
  if (findings.some(({ severity }) => severity !== 'info') || names.end !== 'found') return outcome({ findings });
  const over = names.over.length > 0 ? ` by way of ${names.over.join(', ')}` : '';
  return outcome({ findings, passed: [well(`${listed(names.addresses, 16)}${over}`)] });
};

/** Why there is no address at all. */
function nowhere(seen: Seen): Finding | undefined {
  const { name, names, delegation } = seen;
  if (names.end === 'found') return undefined;
  // Told of the delegation.
  if (!isSeen(delegation)) return undefined;
  const { parentServers, lame } = delegation;
  const unanswered = parentServers.length === 0 || lame.length === parentServers.length;
  if (unanswered && names.over.length === 0) return undefined;
  const target = names.over.at(-1);
  const way = [name, ...names.over].join(' -> ');
  if (names.end === 'loop') {
    return finding('cnameLoop', {
      message: `The CNAMEs of "${name}" lead in a circle, or over too many names`,
      evidence: [way],
    });
  }
  if (names.end === 'failed') {
    const message =
      target === undefined
        ? `"${name}" cannot be looked up`
        : `"${name}" leads to "${target}", which cannot be looked up`;
    return finding('dnsNotAnswered', { message, evidence: [names.failure ?? way] });
  }
  if (target !== undefined) return dangling(seen, { target, way });
  if (names.end === 'noSuchName') {
    const registered = delegation.zone === name || parentServers.length > 0;
    if (!registered) return undefined;
    const message = `"${delegation.zone}" has no name "${name}"`;
    return finding('nameNotFound', { message, evidence: [`its name servers answer NXDOMAIN`] });
  }
  return finding('noAddress', {
    message: `"${name}" has neither an A nor an AAAA record`,
    evidence: ['its name servers answer NOERROR without an address'],
  });
}

/** S1. */
function dangling({ name, names }: Seen, { target, way }: { target: string; way: string }): Finding {
  const gone = names.end === 'noSuchName';
  const evidence = [way, gone ? `"${target}" does not exist (NXDOMAIN)` : `"${target}" has no address`];
  const service = chosenByCustomers(target);
  if (gone && service !== undefined) {
    const message = `"${name}" leads to "${target}", an unclaimed name of ${service}: any customer of it can claim it and serve pages under your name`;
    return finding('cnameClaimable', { message, evidence });
  }
  const resource = awsResourceOf(target);
  const was = resource === undefined ? '' : `: the ${resource} was deleted`;
  return finding('cnameDangling', {
    message: `"${name}" leads to "${target}", ${gone ? 'which does not exist' : 'which has no address'}${was}`,
    evidence,
    fix:
      resource === undefined
        ? undefined
        : `Point "${name}" at the ${resource} that serves it now, or remove the record`,
  });
}

function inside({ name, names }: Seen): Finding | undefined {
  const { notPublic } = names;
  if (notPublic.length === 0) return undefined;
  const all = notPublic.length === names.addresses.length;
  const message = `"${name}" has ${all ? 'only addresses' : 'addresses'} that viewers on the internet cannot reach`;
  return finding('addressNotPublic', {
    message,
    evidence: notPublic.map((address) => `${address} is private, reserved or special; it was not connected to`),
  });
}

function instance({ name, names }: Seen): Finding | undefined {
  const target = names.over.find(isInstanceName);
  if (target === undefined) return undefined;
  const message = `"${name}" leads to the public DNS name of an EC2 instance: once that is stopped, another customer gets the address`;
  return finding('cnameToInstance', { message, evidence: [[name, ...names.over].join(' -> ')] });
}
