import type {
  ListHostedZonesResponse,
  ListResourceRecordSetsResponse,
  ResourceRecordSet,
} from '@aws-sdk/client-route-53';
import { derivedExternalId } from '../../domain/sites/external-id.ts';
import { aZone } from './a-zone.ts';
import type { Nameplate } from './nameplate.ts';

/** What the role in the other account has to be allowed. */
export const DNS_ACTIONS = [
  'route53:ListHostedZones',
  'route53:GetHostedZone',
  'route53:GetChange',
  'route53:ListTagsForResource',
  'route53:ListResourceRecordSets',
  'route53:ChangeResourceRecordSets',
];

/** Another account with a hosted zone, and whoever administers it there. */
export class OtherAccount {
  /** What a site document says of it. */
  readonly dns: { role: string };
  readonly #nameplate: Nameplate;
  readonly #zone: string;

  private constructor(nameplate: Nameplate, { zone, roleName }: { zone: string; roleName: string }) {
    this.#nameplate = nameplate;
    this.#zone = zone;
    this.dns = { role: `arn:aws:iam::${nameplate.aws.otherAccount}:role/${roleName}` };
  }

  /** With a zone that is delegated to, and a role that lets this stack in by an external id. */
  static async with(
    nameplate: Nameplate,
    zone: string,
    {
      actions = DNS_ACTIONS,
      externalId,
      roleName: RoleName = 'nameplate-dns',
    }: { actions?: string[]; externalId?: string; roleName?: string } = {},
  ): Promise<OtherAccount> {
    const account = new OtherAccount(nameplate, { zone, roleName: RoleName });
    if (nameplate.partners.length === 0) nameplate.partners.push({ aws: nameplate.aws, ask: account.ask });
    await aZone({ aws: nameplate.aws, ask: account.ask }, zone);
    const from = nameplate.aws.account;
    const derived = derivedExternalId({ account: from, stackName: 'Nameplate' }, undefined);
    const trust = {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${from}:root` },
          Action: 'sts:AssumeRole',
          Condition: {
            StringEquals: { 'sts:ExternalId': externalId ?? derived },
            ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${from}:role/Nameplate-*` },
          },
        },
      ],
    };
    const AssumeRolePolicyDocument = JSON.stringify(trust);
    await account.ask('iam', 'CreateRole', { RoleName, AssumeRolePolicyDocument });
    const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] };
    const PolicyDocument = JSON.stringify(policy);
    await account.ask('iam', 'PutRolePolicy', { RoleName, PolicyName: 'dns', PolicyDocument });
    return account;
  }

  /** Calls an operation as the administrator there. */
  readonly ask = async <Output>(service: string, operation: string, input: object = {}): Promise<Output> => {
    const { dispatch, otherAccount, region } = this.#nameplate.aws;
    const principal = { arn: `arn:aws:iam::${otherAccount}:root` };
    return (await dispatch({ service, operation, input, principal, region })) as Output;
  };

  /** The record sets of the zone there. */
  async records(): Promise<ResourceRecordSet[]> {
    const input = { HostedZoneId: await this.#zoneId() };
    const { ResourceRecordSets = [] } = await this.ask<ListResourceRecordSetsResponse>(
      'route53',
      'ListResourceRecordSets',
      input,
    );
    return ResourceRecordSets;
  }

  /** Writes record sets into the zone there, by hand. */
  enter(...sets: ResourceRecordSet[]): Promise<void> {
    return this.#change('CREATE', sets);
  }

  /** The same by somebody who tries again until Route 53 is done with the change before. */
  async enterWhenFree(...sets: ResourceRecordSet[]): Promise<void> {
    for (;;) {
      try {
        return await this.enter(...sets);
      } catch (error) {
        if (!isBusy(error)) throw error;
        await this.#nameplate.aws.clock.advance(5_000);
      }
    }
  }

  /** Takes them out again. */
  remove(...sets: ResourceRecordSet[]): Promise<void> {
    return this.#change('DELETE', sets);
  }

  async #change(Action: 'CREATE' | 'DELETE', sets: readonly ResourceRecordSet[]): Promise<void> {
    if (sets.length === 0) return;
    const Changes = sets.map((ResourceRecordSet) => ({ Action, ResourceRecordSet }));
    const input = { HostedZoneId: await this.#zoneId(), ChangeBatch: { Changes } };
    await this.ask('route53', 'ChangeResourceRecordSets', input);
  }

  async #zoneId(): Promise<string | undefined> {
    const { HostedZones = [] } = await this.ask<ListHostedZonesResponse>('route53', 'ListHostedZones');
    return HostedZones.find(({ Name }) => Name === `${this.#zone}.`)?.Id;
  }
}

/** Whether Route 53 is not done with the change before (failures R1). */
export function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'PriorRequestNotComplete';
}

/** The challenge that a site shows, as its owner enters it. */
export function proofSet({ name, values }: { name: string; values: readonly string[] }): ResourceRecordSet {
  return { Name: name, Type: 'TXT', TTL: 300, ResourceRecords: values.map((value) => ({ Value: `"${value}"` })) };
}
