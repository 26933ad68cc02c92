import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Ledger } from '../../../../aws/ledger/ledger.ts';
import { readNames } from '../../../../aws/ledger/read-names.ts';
import { writeSite } from '../../../../aws/ledger/write-site.ts';
import type { Site } from '../../../../domain/sites/site.ts';
import { giveUpName, namesRefused, tryClaim } from '../../../../functions/shared/sites/claim-names.ts';
import { readNameHolders } from '../../../../functions/shared/sites/name-holders.ts';
import { useLedger } from '../../../support/ledger.ts';
import { aSettledSiteItem, aSite } from '../../../support/site.ts';
import { everyOrder, Turns } from '../../../support/turns.ts';

const ledger = useLedger();
const PARENT = 'example.test';
const CHILD = 'shop.example.test';
const GRANDCHILD = 'deep.shop.example.test';
const now = new Date('2026-11-22T12:00:00Z');
const muchLater = new Date('2026-11-22T12:02:00Z');
let requests = 0;

const site = (domain: string, tenant?: string, aliases: string[] = []): Site =>
  aSite({ domain, aliases, ...(tenant !== undefined && { tenant }) });

async function claim(declared: Site, { at = now, by = ledger as Ledger } = {}) {
  requests += 1;
  const { conflicts } = await tryClaim(by, declared, { request: `request-${requests}`, now: at });
  if (conflicts) throw namesRefused(conflicts);
}

/** Claims the names and writes the site, as a declaration does. */
async function declare(declared: Site): Promise<void> {
  await claim(declared);
  await writeSite(ledger, aSettledSiteItem({ site: declared }), { over: undefined });
}

const claims = async (...names: string[]) =>
  [...(await readNames(ledger, names)).values()].flatMap(({ claim }) => claim ?? []);
const owners = async () => (await claims(PARENT, CHILD, GRANDCHILD)).map(({ name, tenant }) => `${name} ${tenant}`);

describe('names of another tenant', () => {
  test.each([
    [PARENT, CHILD, `it lies below "${PARENT}"`],
    [PARENT, GRANDCHILD, `it lies below "${PARENT}"`],
    [CHILD, PARENT, `"${CHILD}" lies below it`],
    [GRANDCHILD, PARENT, `"${GRANDCHILD}" lies below it`],
  ])('S2: invariant 19: "%s" keeps "%s" from being claimed', async (first, second, why) => {
    await declare(site(first, 'acme'));
    const before = await ledger.everything();
    await expect(claim(site(second, 'globex'), { at: muchLater })).rejects.toMatchObject({
      problem: { type: 'urn:nameplate:problem:name-overlaps', status: 409, errors: [{ pointer: '#/domain' }] },
      message: expect.stringContaining(why),
    });
    await expect(claim(site(second), { at: muchLater })).rejects.toMatchObject({ name: 'Error' });
    expect(await owners()).toEqual([`${first} acme`]);
    const marks = ({ below: _, ...item }: Record<string, unknown>) => item;
    const left = (await ledger.everything()).map(marks).filter((item) => 'domain' in item);
    expect(left).toEqual(before.map(marks).filter((item) => 'domain' in item));
    expect(await readNameHolders(ledger, site(second, 'globex'), muchLater)).toMatchObject([
      { wanted: second, holder: { name: first } },
    ]);
  });

  test('S2: point at the alias that overlaps', async () => {
    await declare(site(PARENT, 'acme'));
    await expect(claim(site('other.test', 'globex', ['www.other.test', CHILD]))).rejects.toMatchObject({
      problem: { errors: [{ pointer: '#/aliases/1' }] },
    });
    expect(await claims('other.test', 'www.other.test', CHILD)).toEqual([]);
  });

  test('S2: do not keep siblings from standing side by side', async () => {
    await declare(site(CHILD, 'acme'));
    await declare(site('blog.example.test', 'globex'));
    expect(await readNameHolders(ledger, site('wiki.example.test'), muchLater)).toEqual([]);
  });

  test('are free once they are given up', async () => {
    await declare(site(CHILD, 'acme'));
    await giveUpName(ledger, { name: CHILD, domain: CHILD });
    await claim(site(PARENT, 'globex'), { at: muchLater });
    expect(await owners()).toEqual([`${PARENT} globex`]);
  });

  test('are free a minute after a request died that had claimed them', async () => {
    await claim(site(CHILD, 'acme'));
    await expect(claim(site(PARENT, 'globex'))).rejects.toThrow('lies below it');
    await claim(site(PARENT, 'globex'), { at: muchLater });
    await expect(claim(site(CHILD, 'acme'), { at: muchLater })).rejects.toThrow('it lies below');
  });
});

test.each([[undefined], ['acme']])('one tenant (%s) may hold a name and those below it', async (tenant) => {
  await declare(site(PARENT, tenant, [`www.${PARENT}`]));
  await declare(site(CHILD, tenant));
  await declare(site(GRANDCHILD, tenant));
  expect(await owners()).toHaveLength(3);
  expect(await readNameHolders(ledger, site('other.example.test', tenant), muchLater)).toEqual([]);
});

describe('two tenants at once', () => {
  const outcome = (claiming: Promise<unknown>) =>
    claiming.then(
      () => 'claimed',
      ({ problem }) => problem?.type ?? 'broken',
    );

  /** Names of their own, so that runs don't meet. */
  let run = 0;
  function names(): [parent: string, child: string] {
    run += 1;
    return [`run-${run}.test`, `shop.run-${run}.test`];
  }

  test('S2: invariant 19: of a name and one below it exactly one is claimed, in every order of their calls', async () => {
    const orders = await everyOrder(async (choose) => {
      const [parent, child] = names();
      const turns = new Turns(choose);
      const both = Promise.all([
        outcome(claim(site(parent, 'acme'), { by: turns.ledger(ledger) })),
        outcome(claim(site(child, 'globex'), { by: turns.ledger(ledger) })),
      ]);
      await turns.run();
      expect((await both).toSorted()).toEqual(['claimed', 'urn:nameplate:problem:name-overlaps']);
      expect(await claims(parent, child)).toHaveLength(1);
    });
    expect(orders).toBeGreaterThan(50);
  });

  test('S2: W7: a request that dies on the way never leaves both, and the other one gets its name a minute later', async () => {
    const choices = fc.array(fc.nat({ max: 99 }), { minLength: 20, maxLength: 20 });
    const property = fc.asyncProperty(
      choices,
      fc.integer({ min: 0, max: 6 }),
      fc.boolean(),
      async (chosen, dies, parentDies) => {
        const [parent, child] = names();
        const [dying, other] = parentDies ? [parent, child] : [child, parent];
        let at = 0;
        const turns = new Turns((count) => (chosen[at++] ?? 0) % count);
        void claim(site(dying, 'acme'), { by: turns.ledger(ledger, { dies }) }).catch(() => undefined);
        const said = outcome(claim(site(other, 'globex'), { by: turns.ledger(ledger) }));
        await turns.run();
        if ((await said) !== 'claimed') await claim(site(other, 'globex'), { at: muchLater });
        await writeSite(ledger, aSettledSiteItem({ site: site(other, 'globex') }), { over: undefined });
        await expect(claim(site(dying, 'acme'), { at: muchLater })).rejects.toMatchObject({
          problem: { type: 'urn:nameplate:problem:name-overlaps' },
        });
      },
    );
    await fc.assert(property, { numRuns: 60, seed: 19 });
  });
});
