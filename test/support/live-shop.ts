import { Nameplate } from './nameplate.ts';

export const SHOP = 'shop.example.test';

/** The zone "example.test" of the account, delegated; nothing fails from then on but what is said. */
export async function withExampleZone(options: Parameters<typeof Nameplate.boot>[0] = {}): Promise<Nameplate> {
  const nameplate = await Nameplate.boot(options);
  const { DelegationSet } = await nameplate.ask<{ DelegationSet: { NameServers: string[] } }>(
    'route53',
    'CreateHostedZone',
    { Name: 'example.test', CallerReference: 'theirs' },
  );
  nameplate.aws.registrar.delegate('example.test', DelegationSet.NameServers);
  await nameplate.aws.clock.advance(120_000);
  return nameplate;
}

/** A shop that is live, in a zone of somebody else, where nothing fails from then on but what is said. */
export async function liveShop(more: object = {}): Promise<Nameplate> {
  const nameplate = await withExampleZone();
  const { state, reason } = await nameplate.onboard(SHOP, more);
  if (state !== 'live') throw new Error(`The shop is "${state}": ${reason?.message}`);
  return nameplate;
}
