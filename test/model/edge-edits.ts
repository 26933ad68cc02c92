import type { Thing } from '../support/inventory.ts';
import type { Nameplate } from '../support/nameplate.ts';

/** People who change the load balancer of a site by hand, without asking Nameplate. */
export class EdgeEdits {
  readonly #ask: Nameplate['ask'];
  /** What Nameplate has made. */
  readonly #all: () => Promise<Thing[]>;
  #untagged: { ResourceArns: string[]; Tags: { Key: string; Value: string }[] } | undefined;
  #made = false;

  constructor({ ask }: Nameplate, all: () => Promise<Thing[]>) {
    this.#ask = ask;
    this.#all = all;
  }

  /** Whether there were any. */
  get made(): boolean {
    return this.#made;
  }

  /** Whether somebody has taken a tag of ours away: from then on nobody can know whose it is. */
  get untagged(): boolean {
    return this.#untagged !== undefined;
  }

  /** Takes our tag off the load balancer. */
  async untag(): Promise<void> {
    const ours = (await this.#all()).find(({ type }) => type === 'load balancer');
    const Value = ours?.tags['nameplate:site'];
    if (!ours || Value === undefined) return;
    const ResourceArns = [ours.id];
    if (await this.#unlessGone('RemoveTags', { ResourceArns, TagKeys: ['nameplate:site'] }))
      this.#untagged = { ResourceArns, Tags: [{ Key: 'nameplate:site', Value }] };
  }

  /** Has the listener send viewers on for now instead of for good. */
  async editListener(): Promise<void> {
    const ours = (await this.#all()).find(
      ({ type, state }) => type === 'listener' && (state as { Port: number }).Port === 80,
    );
    if (!ours) return;
    const RedirectConfig = { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_302' };
    const DefaultActions = [{ Type: 'redirect', RedirectConfig }];
    await this.#unlessGone('ModifyListener', { ListenerArn: ours.id, DefaultActions });
  }

  /** Puts the tag back. */
  async mend(): Promise<void> {
    if (this.#untagged) await this.#unlessGone('AddTags', this.#untagged);
    this.#untagged = undefined;
  }

  /** Whether it could be done; what is taken back meanwhile can't be changed any more. */
  async #unlessGone(operation: string, input: object): Promise<boolean> {
    this.#made = true;
    try {
      await this.#ask('elasticloadbalancing', operation, input);
      return true;
    } catch (error) {
      if (/not found/i.test((error as Error).message)) return false;
      throw error;
    }
  }
}
