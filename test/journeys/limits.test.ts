import { afterEach, describe, expect, test } from '@jest/globals';
import { Nameplate } from '../support/nameplate.ts';

const SHOP = 'shop.example.test';
const MINUTE = 60_000;

describe('the kill switch', () => {
  let nameplate: Nameplate;
  afterEach(() => nameplate.close());

  test('S14: stops an onboarding within a minute and holds it; released and resumed, the site is live', async () => {
    nameplate = await Nameplate.boot();
    await nameplate.post(nameplate.document(SHOP));
    await nameplate.waitsIn(SHOP, 'AwaitCertificate');
    await flip('stopped');
    await nameplate.aws.clock.advance(MINUTE);
    const mark = nameplate.aws.calls.mark();
    const held = await nameplate.ended(SHOP);
    expect(held).toMatchObject({ state: 'held', reason: { error: 'Stopped' } });
    expect(held.reason?.message).toMatch(/is "stopped". Set it to "allowed", then resume the site$/);
    await nameplate.aws.clock.advance(10 * MINUTE);
    expect(worldChanges(mark)).toEqual([]);

    const plan = await fetch(`${nameplate.aws.apiUrl}/v1/plans`, {
      method: 'POST',
      body: JSON.stringify(nameplate.document('blog.example.test')),
    });
    expect(plan.status).toBe(200);
    for (const answer of [
      await nameplate.act(SHOP, 'resume'),
      await nameplate.act(SHOP, 'undo'),
      await nameplate.post(nameplate.document('blog.example.test')),
    ]) {
      expect([answer.status, await answer.json()]).toMatchObject([
        503,
        { type: 'urn:nameplate:problem:changes-stopped' },
      ]);
    }
    expect(worldChanges(mark)).toEqual([]);

    await flip('allowed');
    expect((await nameplate.act(SHOP, 'resume')).status).toBe(202);
    expect((await nameplate.ended(SHOP)).state).toBe('live');
    const requests = nameplate.aws.calls.since().filter(({ operation }) => operation === 'RequestCertificate');
    expect(requests).toHaveLength(1);
    expect((await nameplate.viewer.https(SHOP)).status).toBe(200);
  });

  test('S14: an undo that runs is held, and goes on where it stood', async () => {
    nameplate = await Nameplate.boot();
    await nameplate.onboard(SHOP, { edge: 'direct', onFailure: 'undo' });
    await nameplate.act(SHOP, 'undo');
    await nameplate.waitsIn(SHOP, 'AwaitRemoval');
    await flip('a word that nobody knows');
    const mark = nameplate.aws.calls.mark();
    await nameplate.aws.clock.advance(MINUTE);
    const held = await nameplate.ended(SHOP);
    expect(held).toMatchObject({ state: 'held', reason: { error: 'Stopped' } });
    expect(worldChanges(mark)).toEqual([]);
    await flip('allowed');
    await nameplate.act(SHOP, 'resume');
    expect((await nameplate.ended(SHOP)).state).toBe('undone');
  });

  /** As a person does it: `aws ssm put-parameter --overwrite`. */
  async function flip(Value: string): Promise<void> {
    const Name = nameplate.aws.outputs['KillSwitch'];
    await nameplate.ask('ssm', 'PutParameter', { Name, Value, Overwrite: true });
  }

  /** The calls of functions that changed something outside the ledger. */
  function worldChanges(mark: number): string[] {
    return nameplate
      .mutatingCalls(mark)
      .filter((call) => !/^(dynamodb|states|logs|events|sns|lambda|xray|ssm):/.test(call));
  }
});
