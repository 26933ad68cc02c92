import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { stepKey } from '../../aws/ledger/keys.ts';
import type { Ledger } from '../../aws/ledger/ledger.ts';
import { readSite, readSiteItem } from '../../aws/ledger/read-site.ts';
import { writeSite } from '../../aws/ledger/write-site.ts';
import { writeStep } from '../../aws/ledger/write-step.ts';
import type { Made } from '../../domain/ledger/made.ts';
import type { SiteItem } from '../../domain/ledger/site-item.ts';
import { withNewInstance } from '../../domain/origins/new-instance.ts';
import type { Site } from '../../domain/sites/site.ts';
import { workflowVersion } from '../../infra/workflows/definition.ts';
import { calledBy } from '../support/called-by.ts';
import { deployedFunctions } from '../support/deployed-functions.ts';
import type { Thing } from '../support/inventory.ts';
import type { Nameplate } from '../support/nameplate.ts';
import { aSite, aSiteItem } from '../support/site.ts';

/** What a workflow tries again, as infra/workflows/ adds it to every task. */
const RETRIED = /^(NotReady|Throttled|Denied|Awaited|Lambda\.|Runtime\.|Sandbox\.)/;

/** Between two attempts, in ms: about what the retriers wait. */
const BETWEEN_MS = 10_000;

/** Enough for a lost answer of a call that may stay unseen, and for a load balancer to start. */
const MOST_ATTEMPTS = 90;

/** What a function has failed with. */
interface InvocationError {
  errorType: string;
  errorMessage: string;
}

/** A site whose steps are called one by one, in the order that a test says, and by no workflow. */
export class Walk {
  readonly #nameplate: Nameplate;
  readonly #ledger: Ledger;
  readonly #functions: ReadonlyMap<string, string>;
  readonly domain: string;

  private constructor(
    nameplate: Nameplate,
    { ledger, functions, domain }: { ledger: Ledger; functions: ReadonlyMap<string, string>; domain: string },
  ) {
    this.#nameplate = nameplate;
    this.#ledger = ledger;
    this.#functions = functions;
    this.domain = domain;
  }

  /** Puts a site into the ledger, in the middle of its onboarding. */
  static async begin(nameplate: Nameplate, document: Partial<Site> & { domain: string }): Promise<Walk> {
    const { aws, ask, world } = nameplate;
    const { TableNames = [] } = await ask<{ TableNames?: string[] }>('dynamodb', 'ListTables');
    const credentials = { accessKeyId: 'you', secretAccessKey: 'you' };
    const client = new DynamoDBClient({ endpoint: aws.url, region: aws.region, credentials });
    const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
    const ledger = { documents, table: TableNames[0] ?? '' };
    const origin = { instance: { id: world.instanceId, port: 80, healthPath: '/' } };
    const site = withNewInstance(aSite({ aliases: [], origin, ...document }), { subnet: world.subnetIds[0] ?? '' });
    await writeSite(ledger, aSiteItem({ site }), { over: undefined });
    const functions = new Map(
      (await deployedFunctions(nameplate)).map((name) => [/-(\w+?)Function[0-9A-F]{8}/.exec(name)?.[1] ?? name, name]),
    );
    return new Walk(nameplate, { ledger, functions, domain: document.domain });
  }

  /** From now on the site is being undone; or, with `forward`, it is onboarded again. */
  async turn(way: 'forward' | 'backward'): Promise<void> {
    const over = await this.#item();
    const { operation } = aSiteItem({ site: over.site });
    const changes: Partial<SiteItem> =
      way === 'forward'
        ? { state: 'pending', revision: 1, ...(operation && { operation }) }
        : { state: 'undoing', revision: 2, ...(operation && { operation: { ...operation, name: 'undo' } }) };
    await writeSite(this.#ledger, { ...over, ...changes }, { over });
  }

  /** From now on the document of the site is another one. */
  async declare(changes: Partial<Site>): Promise<void> {
    const over = await this.#item();
    await writeSite(this.#ledger, { ...over, site: { ...over.site, ...changes } }, { over });
  }

  /** Takes steps out of the ledger, as if they had never run. */
  async forget(...states: string[]): Promise<void> {
    for (const state of states) {
      const Key = stepKey(this.domain, state);
      await this.#ledger.documents.send(new DeleteCommand({ TableName: this.#ledger.table, Key }));
    }
  }

  /** Writes down what a waiting step leaves. */
  async done(name: string, output: Record<string, unknown>): Promise<void> {
    const startedAt = this.#nameplate.aws.clock.now().toISOString();
    const { revision } = await this.#item();
    await writeStep(this.#ledger, this.domain, { name, revision, state: 'done', startedAt, made: [], output });
  }

  /** What a step has left. */
  async output(name: string): Promise<Record<string, unknown>> {
    const steps = (await readSite(this.#ledger, this.domain))?.steps ?? [];
    return steps.find((step) => step.name === name)?.output ?? {};
  }

  /** What the ledger says to have made and the world has no more, in words. A record is kept where its name has a copy of a wildcard. */
  async remembered(states: readonly string[], things: readonly Thing[]): Promise<string[]> {
    const steps = (await readSite(this.#ledger, this.domain))?.steps ?? [];
    const ids = things.map(({ id }) => id.replace(/\. /, ' '));
    const isThere = (made: Made) => ids.some((id) => id === made.id || id.endsWith(` ${made.id}`));
    return steps
      .filter(({ name }) => states.includes(name))
      .flatMap(({ name, made }) =>
        made.filter((each) => each.ours && !isThere(each)).map((each) => ({ name, ...each })),
      )
      .map(({ name, type, id }) => `the ledger has still the ${type} ${id} of ${name}`);
  }

  /** What a step has told at its end. */
  async said(name: string): Promise<string> {
    const steps = (await readSite(this.#ledger, this.domain))?.steps ?? [];
    return `${name}: ${steps.find((step) => step.name === name)?.message ?? 'nothing'}`;
  }

  /**
   * Calls the function of a state as the workflow does, again and again until it is done.
   *
   * @throws {Error} with what the workflow would not try again
   */
  async step(state: string): Promise<void> {
    await this.sideBySide(state);
  }

  /** The same of several states, whose functions are called at the same moment, as those of parallel branches may be. */
  async sideBySide(...states: string[]): Promise<void> {
    const { revision } = await this.#item();
    let left = states;
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
      const errors = await this.#invokeAll(left, revision);
      const failed = left.flatMap((state, place) => {
        const error = errors[place];
        return error ? [{ state, ...error }] : [];
      });
      for (const { state, errorType, errorMessage } of failed)
        if (!RETRIED.test(errorType)) throw new Error(`${state}: ${errorType}: ${errorMessage}`);
      left = failed.map(({ state }) => state);
      if (left.length === 0) return;
      await this.#nameplate.aws.clock.advance(BETWEEN_MS);
    }
    throw new Error(`${left.join(' and ')} has not ended after ${MOST_ATTEMPTS} attempts`);
  }

  async #invokeAll(states: readonly string[], revision: number): Promise<(InvocationError | undefined)[]> {
    const calls = Promise.all(states.map((state) => this.#invoke(state, revision)));
    let settled = false;
    const settling = calls.then(
      () => (settled = true),
      () => (settled = true),
    );
    await this.#nameplate.aws.clock.until(() => settled);
    await settling;
    return calls;
  }

  async #invoke(state: string, revision: number): Promise<InvocationError | undefined> {
    const { name, phase } = calledBy(state);
    const workflow = workflowVersion();
    const event = { domain: this.domain, revision, workflow, restored: false, ...(phase && { phase }) };
    const FunctionName = this.#functions.get(name);
    if (FunctionName === undefined) throw new Error(`Cannot call "${name}": no function of that name is deployed`);
    const { FunctionError, Payload } = await this.#nameplate.ask<{ FunctionError?: string; Payload: Uint8Array }>(
      'lambda',
      'Invoke',
      { FunctionName, Payload: Buffer.from(JSON.stringify(event)) },
    );
    if (FunctionError === undefined) return undefined;
    return JSON.parse(Buffer.from(Payload).toString()) as InvocationError;
  }

  async #item(): Promise<SiteItem> {
    const item = await readSiteItem(this.#ledger, this.domain);
    if (!item) throw new Error(`The ledger has no site "${this.domain}"`);
    return item;
  }
}
