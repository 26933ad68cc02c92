import type {
  ListHostedZonesResponse,
  ListResourceRecordSetsResponse,
  ResourceRecordSet,
} from '@aws-sdk/client-route-53';
import type { Nameplate } from '../../support/nameplate.ts';
import type { Place, Surroundings } from './surroundings.ts';

export const PARTNERS_ZONE = 'partners.test';

const ROLE = 'nameplate-dns';
const EXTERNAL_ID = 'nameplate-and-us';

/** Somebody who has the zone in an account of theirs, lets us in by a role, and enters the challenge. */
export const ANOTHER_ACCOUNT: Surroundings = {
  async begin(place) {
    return async () => {
      const { nameplate } = place.ground;
      await changeChallenges(nameplate, { action: 'DELETE', challenges: await challengesOf(place) });
    };
  },

  async attend({ ground }, { records = [] }) {
    const wanted = records.filter(({ seen }) => seen === 'missing');
    await changeChallenges(ground.nameplate, { action: 'CREATE', challenges: wanted });
  },
};

/** How a document of a site in that zone names the role. */
export function dnsByRole(): object {
  return { role: `arn:aws:iam::${OTHER_ACCOUNT}:role/${ROLE}`, externalId: EXTERNAL_ID };
}

/** Source: the account that every local AWS has besides its own. */
const OTHER_ACCOUNT = '210987654321';

/** Calls operations as the administrator of the account that has the zone. */
export function administratorThere({ aws: { dispatch, otherAccount, region } }: Nameplate): Nameplate['ask'] {
  const principal = { arn: `arn:aws:iam::${otherAccount}:root` };
  return <Output>(service: string, operation: string, input: object = {}) =>
    dispatch({ service, operation, input, principal, region }) as Promise<Output>;
}

/** The record sets of their zone. */
export async function recordsThere(nameplate: Nameplate): Promise<ResourceRecordSet[]> {
  const { ResourceRecordSets = [] } = await administratorThere(nameplate)<ListResourceRecordSetsResponse>(
    'route53',
    'ListResourceRecordSets',
    { HostedZoneId: await zoneId(nameplate) },
  );
  return ResourceRecordSets;
}

/** Makes the zone, and the role that lets this stack in. */
export async function openAnotherAccount(nameplate: Nameplate): Promise<void> {
  const { account } = nameplate.aws;
  const askThere = administratorThere(nameplate);
  await askThere('route53', 'CreateHostedZone', { Name: PARTNERS_ZONE, CallerReference: 'theirs' });
  const trust = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': EXTERNAL_ID } },
      },
    ],
  };
  await askThere('iam', 'CreateRole', { RoleName: ROLE, AssumeRolePolicyDocument: JSON.stringify(trust) });
  const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'route53:*', Resource: '*' }] };
  await askThere('iam', 'PutRolePolicy', {
    RoleName: ROLE,
    PolicyName: 'dns',
    PolicyDocument: JSON.stringify(policy),
  });
}

interface Challenge {
  name: string;
  values: string[];
}

async function changeChallenges(
  nameplate: Nameplate,
  { action, challenges }: { action: 'CREATE' | 'DELETE'; challenges: readonly Challenge[] },
): Promise<void> {
  if (challenges.length === 0) return;
  const Changes = challenges.map(({ name, values }) => ({
    Action: action,
    ResourceRecordSet: {
      Name: name,
      Type: 'TXT',
      TTL: 300,
      ResourceRecords: values.map((value) => ({ Value: `"${value}"` })),
    },
  }));
  const HostedZoneId = await zoneId(nameplate);
  await administratorThere(nameplate)('route53', 'ChangeResourceRecordSets', {
    HostedZoneId,
    ChangeBatch: { Changes },
  });
}

async function challengesOf({ ground: { nameplate }, domain }: Place): Promise<Challenge[]> {
  const theirs = (await recordsThere(nameplate)).filter(({ Name }) => Name === `_nameplate-challenge.${domain}.`);
  return theirs.map(({ Name = '', ResourceRecords = [] }) => ({
    name: Name,
    values: ResourceRecords.map(({ Value = '' }) => Value.replaceAll('"', '')),
  }));
}

async function zoneId(nameplate: Nameplate): Promise<string | undefined> {
  const { HostedZones: [zone] = [] } = await administratorThere(nameplate)<ListHostedZonesResponse>(
    'route53',
    'ListHostedZones',
  );
  return zone?.Id;
}
