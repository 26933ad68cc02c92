import type { CreateHostedZoneRequest, CreateHostedZoneResponse } from '@aws-sdk/client-route-53';
import type { NameServer } from '../../dns/name-server.ts';
import { AwsError, type Operation } from '../../wire/service.ts';
import { invalidInput } from './errors.ts';
import { HostedZone } from './hosted-zone.ts';
import { Problem } from './problem.ts';
import { MAX_HOSTED_ZONES, ZONE_TOKENS } from './quotas.ts';
import { type RecordName, recordName, wireName } from './record-name.ts';
import { type StoredSet, storedSet } from './record-set.ts';
import type { Route53 } from './route53.ts';
import { ServedCopy } from './served-copy.ts';

/** What every private zone lists; nobody asks them. Source: Route 53 Developer Guide, checked 2026-11-22. */
const PRIVATE_NAME_SERVERS = [
  'ns-1536.awsdns-00.co.uk',
  'ns-0.awsdns-00.com',
  'ns-1024.awsdns-00.org',
  'ns-512.awsdns-00.net',
];

// Source: Route 53 Developer Guide, "NS and SOA records that Route 53 creates", checked 2026-11-22.
const NS_TTL_SECONDS = 172_800;
const SOA_TTL_SECONDS = 900;
const SOA_TIMES = '1 7200 900 1209600 86400';

export function createHostedZone(route53: Route53): Operation<CreateHostedZoneRequest, CreateHostedZoneResponse> {
  return {
    run(input) {
      route53.spend(ZONE_TOKENS);
      const name = zoneName(input);
      refuseTwice(route53, input);
      const owner = wireName(name) ?? name;
      const servers = input.VPC ? [] : assigned(route53, owner);
      const id = `Z0${route53.host.draws.hex('route53:zone', 19).toUpperCase()}`;
      const nameServers = input.VPC ? PRIVATE_NAME_SERVERS : servers.map((server) => server.name);
      const zone = new HostedZone(route53.host, {
        id,
        name,
        callerReference: input.CallerReference ?? '',
        comment: input.HostedZoneConfig?.Comment,
        vpc: input.VPC,
        nameServers,
        records: firstRecords(name, nameServers),
        copies: servers.map((server) => copyOn(server, { route53, origin: owner, zoneId: id })),
      });
      route53.zones.set(id, zone);
      const submitted = route53.changes.submit(name);
      zone.publish(submitted);
      if (!zone.isPrivate) route53.options.registrar?.zoneCreated({ name, nameServers });
      return {
        HostedZone: zone.listed(),
        ChangeInfo: submitted.info,
        DelegationSet: zone.isPrivate ? undefined : { NameServers: nameServers },
        VPC: input.VPC,
        Location: `https://route53.amazonaws.com/2013-04-01/hostedzone/${id}`,
      };
    },
  };
}

function zoneName({
  Name,
  VPC: vpc,
  HostedZoneConfig: config,
  DelegationSetId: delegationSet,
}: CreateHostedZoneRequest): RecordName {
  const name = validName(Name ?? '');
  if (config?.PrivateZone && !vpc) {
    throw invalidInput(
      "When you're creating a private hosted zone (when you specify true for PrivateZone), you must also specify values for VPCId and VPCRegion.",
    );
  }
  if (delegationSet !== undefined) {
    throw new AwsError('NoSuchDelegationSet', `No delegation set found with ID: ${delegationSet}`, { status: 400 });
  }
  const isSingleLabel = name.indexOf('.') === name.length - 1;
  if (!vpc && isSingleLabel) throw invalidDomainName(`${Name} is reserved by AWS!`);
  return name;
}

function validName(text: string): RecordName {
  try {
    const name = recordName(text);
    if (name.startsWith('\\052.')) throw invalidDomainName(`The domain name ${text} begins with a wildcard`);
    return name;
  } catch (error) {
    if (error instanceof Problem) throw invalidDomainName(error.message);
    throw error;
  }
}

const invalidDomainName = (message: string): AwsError => new AwsError('InvalidDomainName', message, { status: 400 });

function refuseTwice({ zones }: Route53, { CallerReference: reference }: CreateHostedZoneRequest): void {
  if ([...zones.values()].some((zone) => zone.callerReference === reference)) {
    const message = 'A hosted zone has already been created with the specified caller reference.';
    throw new AwsError('HostedZoneAlreadyExists', message, { status: 409 });
  }
  if (zones.size >= MAX_HOSTED_ZONES) {
    const message = 'Limits Exceeded: MAX_HOSTED_ZONES_BY_OWNER - Cannot create more hosted zones.';
    throw new AwsError('TooManyHostedZones', message, { status: 400 });
  }
}

function assigned({ options }: Route53, owner: string): NameServer[] {
  const servers = options.nameServers.assign(owner);
  if (servers) return servers;
  const message = 'Route 53 has no more name servers that do not yet serve a zone of this name, above it or below it';
  throw new AwsError('DelegationSetNotAvailable', message, { status: 400 });
}

function firstRecords(name: RecordName, nameServers: string[]): StoredSet[] {
  const values = nameServers.map((server) => ({ Value: `${server}.` }));
  const soa = `${nameServers[0]}. awsdns-hostmaster.amazon.com. ${SOA_TIMES}`;
  return [
    storedSet({ Name: name, Type: 'NS', TTL: NS_TTL_SECONDS, ResourceRecords: values }),
    storedSet({ Name: name, Type: 'SOA', TTL: SOA_TTL_SECONDS, ResourceRecords: [{ Value: soa }] }),
  ];
}

function copyOn(
  server: NameServer,
  { route53, origin, zoneId }: { route53: Route53; origin: string; zoneId: string },
): ServedCopy {
  const { host, options } = route53;
  const around = {
    zoneId,
    awsNames: options.awsNames,
    // Of a check of another account this one knows nothing, which counts as healthy.
    checkHealthy: (id: string) => route53.followed.every((checks) => checks.isHealthy(id)),
    fraction: () => host.draws.fraction('route53:weighted'),
    region: host.homeRegion,
  };
  return new ServedCopy(host, { server, origin, around, changed: () => options.internet.changed() });
}
