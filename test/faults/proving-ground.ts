import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import { DEFAULT_TTL_SECONDS } from '../../local/dns/other-provider.ts';
import type { LoggedCall } from '../../local/wire/calls.ts';
import type { Thing } from '../support/inventory.ts';
import { Nameplate } from '../support/nameplate.ts';
import { OtherAccount } from '../support/other-account.ts';
import { SCENARIOS } from './scenarios.ts';
import { PARTNERS_ZONE } from './surroundings/another-account.ts';
import { PROVIDERS_ZONE } from './surroundings/another-provider.ts';
import { FOREIGN } from './surroundings/surroundings.ts';

/** When ACM has given up the foreign certificate, which nobody validates: after that nothing foreign changes by itself. */
const GIVEN_UP_MS = 73 * 3_600_000;

/**
 * A local AWS for many runs in a row, each with a domain of its own, and each of which takes back what it made. What stands
 * in it is foreign to all of them: a zone with records and a wildcard, a load balancer, a certificate.
 */
export class ProvingGround {
  readonly nameplate: Nameplate;
  /** Whose account has a zone that we may write to. */
  readonly partners: OtherAccount;
  /** What stands before the next run. */
  standing: Thing[] = [];
  runs = 0;
  /** Hears of every call as soon as it is answered. */
  onCall: ((call: LoggedCall) => void) | undefined;

  private constructor(nameplate: Nameplate, partners: OtherAccount) {
    this.nameplate = nameplate;
    this.partners = partners;
    const { calls } = nameplate.aws;
    const add = calls.add.bind(calls);
    calls.add = (call) => {
      add(call);
      this.onCall?.(call);
    };
  }

  static async open(): Promise<ProvingGround> {
    const nameplate = await Nameplate.boot({ doubledShare: 0 });
    const ground = new ProvingGround(nameplate, await OtherAccount.with(nameplate, PARTNERS_ZONE));
    await ground.#putForeignThings();
    return ground;
  }

  /** Looks at everything anew, the zones of the other account with it. */
  look(): Promise<Thing[]> {
    return this.nameplate.look();
  }

  /** What leads somewhere in a zone, wherever it is kept; what is entered elsewhere as the A record that it comes to. */
  async records(zone: string): Promise<ResourceRecordSet[]> {
    const { nameplate } = this;
    const { otherProvider } = nameplate.aws;
    if (zone === PARTNERS_ZONE) return this.partners.records();
    if (zone !== PROVIDERS_ZONE) return nameplate.records(zone);
    const entered = otherProvider.zones().flatMap(({ records }) => records);
    return entered.map(({ name, type, values, ttlSeconds = DEFAULT_TTL_SECONDS }) => ({
      Name: `${name}.`,
      TTL: ttlSeconds,
      ...(type === 'CNAME' || type === 'ALIAS'
        ? { Type: 'A', AliasTarget: { DNSName: values[0], HostedZoneId: undefined, EvaluateTargetHealth: false } }
        : { Type: type, ResourceRecords: values.map((Value) => ({ Value })) }),
    }));
  }

  close(): Promise<void> {
    return this.nameplate.aws.close();
  }

  async #putForeignThings(): Promise<void> {
    const { ask, aws, world } = this.nameplate;
    const { zone } = SCENARIOS['load-balancer'];
    const { HostedZone } = await ask<{ HostedZone: { Id: string } }>('route53', 'CreateHostedZone', {
      Name: zone,
      CallerReference: 'theirs',
    });
    const records = [
      { Name: zone, Type: 'MX', TTL: 300, ResourceRecords: [{ Value: '10 mail.elsewhere.test' }] },
      { Name: `*.${zone}`, Type: 'A', TTL: 300, ResourceRecords: [{ Value: FOREIGN }] },
      { Name: `blog.${zone}`, Type: 'CNAME', TTL: 300, ResourceRecords: [{ Value: 'blog.elsewhere.test' }] },
      { Name: `_nameplate.other.${zone}`, Type: 'TXT', TTL: 300, ResourceRecords: [{ Value: '"ours"' }] },
    ];
    await ask('route53', 'ChangeResourceRecordSets', {
      HostedZoneId: HostedZone.Id,
      ChangeBatch: { Changes: records.map((ResourceRecordSet) => ({ Action: 'CREATE', ResourceRecordSet })) },
    });
    await ask('acm', 'RequestCertificate', { DomainName: `blog.${zone}`, ValidationMethod: 'DNS' });
    await ask('elasticloadbalancing', 'CreateLoadBalancer', { Name: 'theirs', Subnets: world.subnetIds });
    await ask('elasticloadbalancing', 'CreateTargetGroup', {
      Name: 'theirs',
      Protocol: 'HTTP',
      Port: 80,
      VpcId: world.vpcId,
    });
    aws.otherProvider.addZone(PROVIDERS_ZONE);
    await aws.clock.advance(GIVEN_UP_MS);
    this.standing = await this.look();
  }
}
