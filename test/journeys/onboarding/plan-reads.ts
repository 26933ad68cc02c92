import { expect, test } from '@jest/globals';
import { aZone } from '../../support/a-zone.ts';
import { anotherInstance } from '../../support/another-instance.ts';
import type { Nameplate } from '../../support/nameplate.ts';
import { OtherAccount } from '../../support/other-account.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';

/** None of them lies below another: each would take a listing of its own. */
const namesIn = (zone: string) => ({
  domain: `shop.${zone}`,
  aliases: ['www', 'blog'].map((label) => `${label}.${zone}`),
  directName: `direct.${zone}`,
});

/** What a plan for one site may ask of AWS, the ledger included. */
const MOST_READS = 30;

/** The calls that a plan of the document takes, those that look. */
async function readsOf(
  nameplate: Nameplate,
  { domain, ...more }: { domain: string; [key: string]: unknown },
): Promise<number> {
  const mark = nameplate.aws.calls.mark();
  await nameplate.plan(nameplate.document(domain, more));
  const calls = nameplate.aws.calls.since(mark).filter(({ service }) => service !== 'lambda');
  return calls.filter(({ mutating }) => !mutating).length;
}

export function planReads(boot: SharedBoot): void {
  test('a plan takes at most 30 reads, whatever of a site with four names is new or changes', async () => {
    const { nameplate } = boot;
    const { zone } = boot.namesInZone();
    await aZone(nameplate, zone);
    const partners = await OtherAccount.with(nameplate, 'partners.test');
    await nameplate.aws.clock.advance(120_000);
    const names = namesIn(zone);
    const origin = { instance: { id: await anotherInstance(nameplate) } };
    const reads = (more: object) => readsOf(nameplate, { ...names, origin, ...more });
    const counted: Record<string, number> = {
      'a first onboarding': await reads({}),
      'one that adopts': await reads({ adopt: true }),
      'one with another DNS provider': await reads({ dns: 'external' }),
      'one with its zone in another account': await reads({ ...namesIn('partners.test'), dns: partners.dns }),
    };
    expect((await nameplate.onboard(names.domain, { ...names, origin })).state).toBe('live');
    const other = await anotherInstance(nameplate, { port: 8080 });
    const dropped = names.aliases.slice(1);
    const changes: Record<string, object> = {
      'what is live': {},
      'an alias for another': { aliases: [...dropped, `press.${zone}`] },
      'no redirect': { http: 'reject' },
      'straight at the instance': { edge: 'direct', directName: undefined },
      'all at once': {
        aliases: [...dropped, `press.${zone}`],
        origin: { instance: { id: other, port: 8080 } },
        http: 'reject',
        directName: undefined,
        adopt: true,
      },
    };
    for (const [change, document] of Object.entries(changes)) counted[change] = await reads(document);
    expect(Object.entries(counted).filter(([, count]) => count > MOST_READS)).toEqual([]);
  });
}
