import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import { instanceOf } from '../../domain/origins/instance.ts';
import { namesOf } from '../../domain/sites/names-of.ts';
import type { Site } from '../../domain/sites/site.ts';
import type { Thing } from '../support/inventory.ts';

type Check = (site: Site, made: readonly Thing[]) => string[];

/** What of a site that is live is not as its document says, in sentences. `made` is what Nameplate has made for it. */
export function notAsDeclared(site: Site, made: readonly Thing[]): string[] {
  const checks: Check[] = [otherNames, otherCertificate, otherTarget, otherListeners, otherAccess, otherAddress];
  return checks.flatMap((check) => check(site, made)).map((sentence) => `live: ${sentence}`);
}

/** The names of the document that lead nowhere. */
export function unled(site: Site, made: readonly Thing[]): string[] {
  const led = records(made).flatMap(({ Name, Type }) => (Type === 'A' ? [Name] : []));
  return namesOf(site).flatMap(({ name }) => (led.includes(`${name}.`) ? [] : [name]));
}

const otherNames: Check = (site, made) => {
  const names = namesOf(site).map(({ name }) => `${name}.`);
  const subject = (name: string) => (name.startsWith('_') ? name.slice(name.indexOf('.') + 1) : name);
  return records(made).flatMap(({ Name = '', Type }) =>
    names.includes(subject(Name)) ? [] : [`${Name} ${Type} stands, and nobody declares it`],
  );
};

const otherCertificate: Check = (site, made) => {
  const wanted = site.edge === 'direct' ? [] : [[site.domain, ...site.aliases].sort().join()];
  const names = states<{ SubjectAlternativeNameSummaries?: string[] }>(made, 'certificate').map(
    ({ SubjectAlternativeNameSummaries = [] }) => SubjectAlternativeNameSummaries.toSorted().join(),
  );
  return differ('certificates', names, wanted);
};

const otherTarget: Check = (site, made) => {
  const { edge } = site;
  const { id, port } = instanceOf(site);
  const targets = states<{ Id: string; Port: number }>(made, 'target').map(({ Id, Port }) => `${Id} ${Port}`);
  return differ('targets', targets, edge === 'direct' ? [] : [`${id} ${port}`]);
};

const otherListeners: Check = ({ edge, http }, made) => {
  const ports = states<{ Port: number }>(made, 'listener').map(({ Port }) => String(Port));
  return differ('listeners', ports, edge === 'direct' ? [] : http === 'redirect' ? ['443', '80'] : ['443']);
};

const otherAccess: Check = ({ domain, edge, http, access }, made) => {
  const ports = http === 'redirect' ? [443, 80] : [443];
  const wanted = edge === 'direct' ? [] : ports.flatMap((port) => access.map((cidr) => `${port} ${cidr}`));
  const rules = made.filter(({ type, tags }) => type === 'security group rule' && tags['nameplate:site'] === domain);
  const said = rules.map(({ state }) => {
    const { FromPort, from } = state as { FromPort: number; from: { CidrIp?: string; CidrIpv6?: string } };
    return `${FromPort} ${from.CidrIp ?? from.CidrIpv6}`;
  });
  return differ('access rules', said, wanted);
};

const otherAddress: Check = (site, made) => {
  const { edge, directName } = site;
  const wanted = edge === 'direct' || directName !== undefined ? [instanceOf(site).id] : [];
  const given = states<{ InstanceId?: string }>(made, 'elastic address').map(({ InstanceId = 'nobody' }) => InstanceId);
  return differ('elastic addresses', given, wanted);
};

function differ(what: string, are: string[], wanted: string[]): string[] {
  const [said, meant] = [are.toSorted().join('; '), wanted.toSorted().join('; ')];
  return said === meant ? [] : [`the ${what} are "${said}" instead of "${meant}"`];
}

function states<State>(things: readonly Thing[], wanted: string): State[] {
  return things.filter(({ type }) => type === wanted).map(({ state }) => state as State);
}

function records(made: readonly Thing[]): ResourceRecordSet[] {
  return states<ResourceRecordSet>(made, 'record');
}
