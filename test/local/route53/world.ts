import {
  type Change,
  type ChangeAction,
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  type CreateHostedZoneCommandOutput,
  type ResourceRecordSet,
  Route53Client,
  type RRType,
} from '@aws-sdk/client-route-53';
import { createNames, type Names } from '../../../local/dns/names.ts';
import type { RegistrarOptions } from '../../../local/dns/registrar.ts';
import { Internet } from '../../../local/internet/internet.ts';
import { createRoute53 } from '../../../local/services/route53/service.ts';
import { type AFront, aFront } from '../../support/front.ts';

/** A real load balancer's zone id, and a name that is entered for one in every world. */
export const ELB_ZONE = 'Z35SXDOTRQ7X7K';
export const ELB_NAME = 'shop-1.us-east-1.elb.amazonaws.com';

export interface Route53World {
  aws: AFront;
  names: Names;
  internet: Internet;
  client: Route53Client;
  /** The load balancer behind ELB_NAME. */
  balancer: { a: string[]; aaaa: string[]; healthy: boolean };
  /** Makes a public zone and waits until it is everywhere. */
  zone(name?: string): Promise<CreateHostedZoneCommandOutput & { id: string }>;
  /** Sends one batch and waits until the zone takes another one. */
  change(id: string, ...changes: Change[]): Promise<string>;
  /** Lets everything that is under way arrive. */
  settle(): Promise<void>;
}

/** Route 53 behind a front, with its DNS; the clock stands still. */
export async function aRoute53World({
  seed = 1,
  ...options
}: { seed?: number } & Partial<RegistrarOptions> = {}): Promise<Route53World> {
  const balancer = { a: ['203.0.113.1', '203.0.113.2'], aaaa: [] as string[], healthy: true };
  let made: Names | undefined;
  let internet = new Internet();
  const aws = await aFront({
    seed,
    services: (host) => {
      internet = new Internet({ clock: host.clock });
      made = createNames(host, internet, options);
      return [createRoute53(host, made).service];
    },
  });
  const names = made as unknown as Names;
  names.awsNames.set(ELB_NAME, {
    zoneId: ELB_ZONE,
    a: () => balancer.a,
    aaaa: () => balancer.aaaa,
    healthy: () => balancer.healthy,
  });
  const client = aws.client(Route53Client);
  return {
    aws,
    names,
    internet,
    client,
    balancer,
    settle: () => aws.clock.advance(60_000),
    async zone(name = 'shop.example.test') {
      const made = await client.send(
        new CreateHostedZoneCommand({ Name: name, CallerReference: `${name} ${Math.random()}` }),
      );
      await aws.clock.advance(60_000);
      return { ...made, id: String(made.HostedZone?.Id).replace('/hostedzone/', '') };
    },
    async change(id, ...changes) {
      const command = new ChangeResourceRecordSetsCommand({ HostedZoneId: id, ChangeBatch: { Changes: changes } });
      const { ChangeInfo: info } = await client.send(command);
      await aws.clock.advance(2000);
      return String(info?.Id);
    },
  };
}

/** One change: `aChange('CREATE', 'www.shop.example.test', 'A', '203.0.113.9')`. */
export function aChange(action: string, name: string, type: string, ...values: string[]): Change {
  const set = { Name: name, Type: type as RRType, TTL: 300, ResourceRecords: values.map((Value) => ({ Value })) };
  return { Action: action as ChangeAction, ResourceRecordSet: set };
}

/** A change of an alias to the load balancer, unless said otherwise. */
export function anAlias(action: string, name: string, overrides: Partial<ResourceRecordSet> = {}): Change {
  const target = { HostedZoneId: ELB_ZONE, DNSName: ELB_NAME, EvaluateTargetHealth: false };
  return {
    Action: action as ChangeAction,
    ResourceRecordSet: { Name: name, Type: 'A', AliasTarget: target, ...overrides },
  };
}
