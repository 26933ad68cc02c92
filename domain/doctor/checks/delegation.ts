import { listed } from '../../listed.ts';
import { inWords } from '../../zones/delegation.ts';
import { isRegistry, managedAt } from '../../zones/managed-at.ts';
import { type Finding, finding } from '../finding.ts';
import { type Check, outcome, well } from '../outcome.ts';
import { type DelegationSeen, isSeen, type Seen } from '../seen.ts';

/** Route 53's: "ns-1.awsdns-00.com", and ".net", ".org", ".co.uk". Source: Route 53 Developer Guide, "Name servers". */
const ROUTE53 = /^ns-\d+\.awsdns-\d{2}\.(com|net|org|co\.uk)$/;

/** Whether the world is sent to name servers that answer for the zone of the name. */
export const delegation: Check = ({ name, delegation: seen, servers }) => {
  if (!isSeen(seen)) {
    if (seen.network) return outcome({ unseen: [{ what: 'DNS', why: seen.failure }] });
    return outcome({ findings: [notAnswered(name, seen.failure)] });
  }
  const missing = notDelegated(name, seen);
  if (missing) return outcome({ findings: [missing] });
  const deaf = lameness(seen);
  if (deaf?.severity === 'error') return outcome({ findings: [deaf] });
  const findings = [deaf, mismatch(seen), disagreement(name, servers)].filter((found) => found !== undefined);
  const count = `${seen.parentServers.length} name server${seen.parentServers.length === 1 ? '' : 's'}`;
  const passed =
    findings.length > 0 ? [] : [well(`"${seen.parent || '.'}" delegates "${seen.zone}" to ${count}, and all answer`)];
  const silent = seen.lame.filter(({ answered }) => !answered);
  const unseen = silent.map(({ server, why }) => ({ what: `name server ${server}`, why }));
  return outcome({ findings, passed, unseen });
};

const notAnswered = (name: string, failure: string): Finding =>
  finding('dnsNotAnswered', { message: `"${name}" cannot be looked up`, evidence: [failure] });

function notDelegated(name: string, { zone, parent, parentServers }: DelegationSeen): Finding | undefined {
  if (parentServers.length > 0 && !isRegistry(zone)) return undefined;
  if (parentServers.length > 0 && zone === name) return undefined;
  const [registry, domain] = isRegistry(zone) && parentServers.length > 0 ? [zone, below(name, zone)] : [parent, zone];
  return finding('notDelegated', {
    message: `"${domain}" is not registered, or has no name servers`,
    evidence: [`"${registry || '.'}" has no NS records for "${domain}"`],
  });
}

/** The name of one label more than the zone. */
function below(name: string, zone: string): string {
  const labels = name.slice(0, name.length - zone.length - 1).split('.');
  return `${labels.at(-1)}.${zone}`;
}

function lameness({ zone, parent, parentServers, lame }: DelegationSeen): Finding | undefined {
  if (lame.length === 0) return undefined;
  const evidence = lame.map(inWords);
  if (lame.length < parentServers.length) {
    const deaf = lame.filter(({ answered }) => answered);
    if (deaf.length === 0) return undefined;
    const message = `${deaf.length} of the ${parentServers.length} name servers of "${zone}" do not answer for it: resolvers that ask those wait, or get no answer`;
    return finding('someNameServersLame', {
      message,
      evidence: deaf.map(inWords),
      fix: `Ask the DNS provider of "${zone}" to repair ${listed(deaf.map(({ server }) => server))}, or remove them ${managedAt(parent)}`,
    });
  }
  if (lame.every(({ answered, server }) => answered && ROUTE53.test(server))) {
    const message = `"${zone}" is delegated to Route 53 name servers that have no such zone: another customer can create it there and own the name`;
    const fix = `Remove these name servers ${managedAt(parent)}, or create the hosted zone and enter its four name servers there`;
    return finding('delegationClaimable', { message, evidence, fix });
  }
  return finding('nameServersLame', { message: `No name server of "${zone}" answers for it`, evidence });
}

function mismatch({ zone, parent, parentServers, ownServers }: DelegationSeen): Finding | undefined {
  if (ownServers.length === 0) return undefined;
  const onlyAbove = parentServers.filter((server) => !ownServers.includes(server));
  const onlyBelow = ownServers.filter((server) => !parentServers.includes(server));
  if (onlyAbove.length === 0 && onlyBelow.length === 0) return undefined;
  return finding('delegationMismatch', {
    message: `"${parent || '.'}" and "${zone}" name different name servers for the zone`,
    evidence: [
      ...(onlyAbove.length > 0 ? [`only "${parent || '.'}" names ${listed(onlyAbove)}`] : []),
      ...(onlyBelow.length > 0 ? [`only "${zone}" itself names ${listed(onlyBelow)}`] : []),
    ],
    fix: `Enter ${listed(ownServers)} ${managedAt(parent)}, or change the NS record of the zone`,
  });
}

function disagreement(name: string, servers: Seen['servers']): Finding | undefined {
  const without = servers.filter(({ has }) => !has);
  const having = servers.filter(({ has }) => has);
  if (without.length === 0 || having.length === 0) return undefined;
  return finding('nameServersDisagree', {
    message: `Some name servers have "${name}", and others do not`,
    evidence: [
      `${listed(having.map(({ server }) => server))} have it`,
      ...without.map(
        ({ server, rcode }) => `${server} answers ${rcode}${rcode === 'NOERROR' ? ' without an address' : ''}`,
      ),
    ],
  });
}
