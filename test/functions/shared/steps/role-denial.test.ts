import { ListHostedZonesCommand, Route53Client } from '@aws-sdk/client-route-53';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { route53Of } from '../../../../aws/zones/route53-of.ts';
import { roleOf } from '../../../../domain/sites/dns.ts';
import { gateStep } from '../../../../functions/shared/steps/gate-step.ts';
import type { Gate } from '../../../../resources/gate.ts';
import { siteOf } from '../../../../resources/scope.ts';
import { useLedger } from '../../../support/ledger.ts';
import { awsError, context, event, givenSite, theStep } from '../../../support/steps.ts';

const ledger = useLedger();
const sts = mockClient(STSClient);
const route53 = mockClient(Route53Client);
const dns = { role: 'arn:aws:iam::210987654321:role/nameplate-dns', externalId: 'ours' };

/** A gate that asks Route 53 once. A client that is a mock takes no role by itself. */
const gate: Gate<'AwaitSync', undefined> = {
  name: 'AwaitSync',
  inDnsAccount: true,
  look: async ({ clients, environment }, scope) => {
    const client = route53Of(siteOf(scope), environment, clients);
    if (roleOf(siteOf(scope))) await client.config.credentials();
    await client.send(new ListHostedZonesCommand({}));
    return undefined;
  },
  judge: () => ({ state: 'open', output: {}, message: 'Asked' }),
};
const handler = gateStep(gate, () => ({}));

const Credentials = {
  AccessKeyId: 'a',
  SecretAccessKey: 's',
  SessionToken: 't',
  Expiration: new Date('2026-11-22T12:15:00Z'),
};
const begun = (secondsAgo: number) => {
  const startedAt = new Date(Date.now() - 1000 * secondsAgo).toISOString();
  return { operation: { name: 'onboard', execution: 'e', startedAt } } as const;
};

beforeEach(() => {
  sts.reset();
  route53.reset();
  route53.on(ListHostedZonesCommand).resolves({} as never);
});

describe('A5: a step in a role whose policies were changed just before the operation', () => {
  test('waits while STS denies the role, and takes it once IAM applies the change', async () => {
    await givenSite(ledger, { site: { dns }, item: begun(5) });
    sts.on(AssumeRoleCommand).rejects(awsError('AccessDenied', 'not authorized', 403));
    const denied = expect.stringContaining(
      'IAM to apply what was changed of the role in "dns.role": Cannot take the role',
    );
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'NotReady', message: denied });
    expect(await theStep(ledger, 'AwaitSync')).toMatchObject({ state: 'waiting', waitingFor: denied });
    sts.on(AssumeRoleCommand).resolves({ Credentials });
    expect(await handler(event, context)).toEqual({});
  });

  test('waits while Route 53 denies a call in the role', async () => {
    await givenSite(ledger, { site: { dns }, item: begun(5) });
    sts.on(AssumeRoleCommand).resolves({ Credentials });
    route53.on(ListHostedZonesCommand).rejects(awsError('AccessDenied', 'not authorized', 403));
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'NotReady' });
  });

  test('believes the denial two minutes after the operation began', async () => {
    await givenSite(ledger, { site: { dns }, item: begun(121) });
    sts.on(AssumeRoleCommand).rejects(awsError('AccessDenied', 'not authorized', 403));
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'Misconfigured' });
  });

  test('believes at once a denial of what this stack asks in its own role', async () => {
    await givenSite(ledger, { item: begun(5) });
    route53.on(ListHostedZonesCommand).rejects(awsError('AccessDenied', 'not authorized', 403));
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'Refused' });
  });
});
