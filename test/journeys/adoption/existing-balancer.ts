import type { DescribeRulesOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { expect, test } from '@jest/globals';
import { aZone } from '../../support/a-zone.ts';
import { anIssuedCertificate } from '../../support/issued-certificate.ts';
import type { Nameplate } from '../../support/nameplate.ts';
import { picture } from '../../support/picture.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';
import { aBalancerOfTheirs, type TheirBalancer } from '../../support/theirs-balancer.ts';

const ELB = 'elasticloadbalancing';

export function existingBalancer(boot: SharedBoot): void {
  test('two sites join a load balancer that exists and leave it apart: it serves their certificates too, and nothing else of it changes', async () => {
    const { nameplate } = boot;
    const { zone, shop, www } = boot.namesInZone();
    const news = `news.${zone}`;
    const zoneId = await aZone(nameplate, zone);
    const theirs = await aBalancerOfTheirs(nameplate, { zoneId, names: [`blog.${zone}`], called: 'joined' });
    const before = await everything(nameplate, theirs);
    const origin = { loadBalancer: theirs.arn };

    const site = { origin, aliases: [www] };
    const { changes, findings } = await nameplate.plan(nameplate.document(shop, site));
    expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
    expect(changes.filter(({ resource }) => resource.type === 'listener certificate')).toMatchObject([
      { verb: 'create' },
    ]);

    const mark = nameplate.aws.calls.mark();
    expect((await nameplate.onboard(shop, site)).state).toBe('live');
    expect((await nameplate.onboard(news, { origin })).state).toBe('live');
    expect(elbCalls(nameplate, mark)).toEqual([`${ELB}:AddListenerCertificates`, `${ELB}:AddListenerCertificates`]);
    for (const name of [shop, www, news]) {
      const { status, certificate } = await nameplate.viewer.https(name);
      expect([status, certificate.names.includes(name)]).toEqual([200, true]);
    }

    await nameplate.undo(shop);
    const undone = await nameplate.ended(shop);
    expect([undone.state, undone.left]).toEqual(['undone', undefined]);
    expect((await nameplate.viewer.https(news)).status).toBe(200);
    await nameplate.undo(news);
    expect(await nameplate.ended(news)).toMatchObject({ state: 'undone' });
    await nameplate.aws.clock.advance(30 * 60_000);
    expect(await everything(nameplate, theirs)).toEqual(before);
  });

  test('L6: what another tool removes from its listener is put back once, and an entry of before is not ours to remove', async () => {
    const { nameplate } = boot;
    const { zone, shop } = boot.namesInZone();
    const zoneId = await aZone(nameplate, zone);
    const names = [`blog.${zone}`];
    const { arn, listenerArn: ListenerArn } = await aBalancerOfTheirs(nameplate, { zoneId, names, called: 'others' });
    const origin = { loadBalancer: arn };
    await nameplate.begin(shop, { origin });
    await nameplate.waitsIn(shop, 'AwaitSync');
    const [entry] = await further(nameplate, ListenerArn);
    await nameplate.ask(ELB, 'RemoveListenerCertificates', { ListenerArn, Certificates: [{ CertificateArn: entry }] });
    const mark = nameplate.aws.calls.mark();
    expect((await nameplate.ended(shop)).state).toBe('live');
    expect(elbCalls(nameplate, mark)).toEqual([`${ELB}:AddListenerCertificates`]);
    expect(await further(nameplate, ListenerArn)).toEqual([entry]);

    const theirs = await anIssuedCertificate(nameplate, { zoneId, names: [`*.${zone}`] });
    await nameplate.ask(ELB, 'AddListenerCertificates', { ListenerArn, Certificates: [{ CertificateArn: theirs }] });
    await nameplate.change(shop, { origin, certificate: { arn: theirs } });
    expect((await nameplate.ended(shop)).state).toBe('live');
    expect(await further(nameplate, ListenerArn)).toEqual([theirs]);
    await nameplate.undo(shop);
    expect(await nameplate.ended(shop)).toMatchObject({ state: 'undone' });
    expect(await further(nameplate, ListenerArn)).toEqual([theirs]);
  });

  test('two sites that name one certificate share its entry: the last one takes it off', async () => {
    const { nameplate } = boot;
    const { zone, shop } = boot.namesInZone();
    const news = `news.${zone}`;
    const zoneId = await aZone(nameplate, zone);
    const names = [`blog.${zone}`];
    const { arn, listenerArn } = await aBalancerOfTheirs(nameplate, { zoneId, names, called: 'shared' });
    const named = await anIssuedCertificate(nameplate, { zoneId, names: [`*.${zone}`] });
    const site = { origin: { loadBalancer: arn }, certificate: { arn: named } };
    for (const domain of [shop, news]) expect((await nameplate.onboard(domain, site)).state).toBe('live');
    for (const [domain, left] of [
      [shop, [named]],
      [news, []],
    ] as const) {
      await nameplate.undo(domain);
      const undone = await nameplate.ended(domain);
      expect([undone.state, undone.left, await further(nameplate, listenerArn)]).toEqual(['undone', undefined, left]);
    }
  });

  test('a host rule sends requests for its names to a target group of the load balancer, and is taken off again', async () => {
    const { nameplate } = boot;
    const { zone, shop, www } = boot.namesInZone();
    const news = `news.${zone}`;
    const zoneId = await aZone(nameplate, zone);
    const theirs = await aBalancerOfTheirs(nameplate, { zoneId, names: [`blog.${zone}`], called: 'ruled' });
    const { listenerArn: ListenerArn, targetGroupArn: targetGroup } = theirs;
    // What would take the requests: an answer of their own for every name of the zone, and by default.
    const Actions = [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '418' } }];
    const Conditions = [{ Field: 'host-header', Values: [`*.${zone}`] }];
    await nameplate.ask(ELB, 'CreateRule', { ListenerArn, Priority: 20, Conditions, Actions });
    const before = await everything(nameplate, theirs);
    const origin = { loadBalancer: theirs.arn, hostRule: { targetGroup } };
    const { changes } = await nameplate.plan(nameplate.document(shop, { origin, aliases: [www] }));
    expect(changes.filter(({ resource }) => resource.type === 'host rule')).toMatchObject([
      { verb: 'create', after: { hosts: [shop, www], priority: 19 } },
    ]);

    expect((await nameplate.onboard(shop, { origin, aliases: [www] })).state).toBe('live');
    expect((await nameplate.viewer.https(www)).status).toBe(200);
    const taken = await nameplate.post(
      nameplate.document(news, { origin: { ...origin, hostRule: { targetGroup, priority: 19 } } }),
    );
    expect([taken.status, await taken.text()]).toEqual([409, expect.stringContaining('the priority 19 is taken')]);

    await nameplate.change(shop, { origin, aliases: [news] });
    expect((await nameplate.ended(shop)).state).toBe('live');
    expect((await nameplate.viewer.https(news)).status).toBe(200);
    const { Rules = [] } = await nameplate.ask<DescribeRulesOutput>(ELB, 'DescribeRules', { ListenerArn });
    expect(Rules.flatMap(({ Conditions: [one] = [] }) => one?.Values?.join() ?? [])).toEqual([
      '/legacy',
      `${shop},${news}`,
      `*.${zone}`,
    ]);

    await nameplate.undo(shop);
    const undone = await nameplate.ended(shop);
    expect([undone.state, undone.left]).toEqual(['undone', undefined]);
    await nameplate.aws.clock.advance(30 * 60_000);
    expect(await everything(nameplate, theirs)).toEqual(before);
  });
}

/** All that the account has, with the rules of the load balancer's listener. */
async function everything(nameplate: Nameplate, { listenerArn }: TheirBalancer) {
  const rules = await nameplate.ask<DescribeRulesOutput>(ELB, 'DescribeRules', { ListenerArn: listenerArn });
  return { rules, things: await picture(nameplate) };
}

const elbCalls = (nameplate: Nameplate, mark: number): string[] =>
  nameplate.mutatingCalls(mark).filter((call) => call.startsWith(`${ELB}:`));

async function further({ ask }: Nameplate, ListenerArn: string): Promise<string[]> {
  const { Certificates } = await ask<{ Certificates: { CertificateArn: string; IsDefault: boolean }[] }>(
    ELB,
    'DescribeListenerCertificates',
    { ListenerArn },
  );
  return Certificates.filter(({ IsDefault }) => !IsDefault).map(({ CertificateArn }) => CertificateArn);
}
