import type { Nameplate } from './nameplate.ts';

/** A hosted zone of the account, made by another tool and delegated to; its id as Route 53 gives it. */
export async function aZone({ ask, aws }: Pick<Nameplate, 'ask' | 'aws'>, name: string): Promise<string> {
  const { HostedZone, DelegationSet } = await ask<{
    HostedZone: { Id: string };
    DelegationSet: { NameServers: string[] };
  }>('route53', 'CreateHostedZone', { Name: name, CallerReference: name });
  aws.registrar.delegate(name, DelegationSet.NameServers);
  return HostedZone.Id;
}
