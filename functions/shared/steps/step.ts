import type { Context } from 'aws-lambda';
import { classify } from '../../../aws/classify.ts';
import { type Environment, readEnvironment, readWorkflowVersion } from '../../../aws/environment.ts';
import { type Ledger, openLedger } from '../../../aws/ledger/ledger.ts';
import { readSite } from '../../../aws/ledger/read-site.ts';
import type { Phase } from '../../../domain/changes/change.ts';
import { Failure } from '../../../domain/errors.ts';
import { ALLOWED } from '../../../domain/kill-switch.ts';
import type { Made } from '../../../domain/ledger/made.ts';
import type { StepName, StepOutputs } from '../../../domain/ledger/outputs.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import type { StepItem } from '../../../domain/ledger/step-item.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { forget } from '../ledger/forget.ts';
import { logger } from '../logging/logger.ts';
import { loggingHandler } from '../logging/logging-handler.ts';
import { StepLog } from '../logging/step-log.ts';
import { stoppedLately } from '../sites/kill-switch.ts';

/**
 * What a step does with a resource: the changes of a phase, or of the part of it that is the viewer certificate's or the origin name's,
 * or it discards a request that timed out, so that a new one is made.
 */
export type Act = Phase | 'prepare-viewer' | 'prepare-origin' | 'release-origin' | 'discard';

/** What the workflow hands to every step. */
export interface StepEvent {
  domain: string;
  revision: number;
  /** Whether the execution has restored once what another tool removed: told to the steps that look for it. */
  restored?: boolean;
  /** What the step does with a resource whose function has several. */
  phase?: Act;
  /** The version of the workflow that calls. */
  workflow?: string;
}

/** What a step's body works with. */
export interface StepContext<Event extends StepEvent = StepEvent, Output = unknown> {
  event: Event;
  site: Site;
  item: SiteItem;
  /** The site with all its steps (without its timeline). Earlier steps' results: `outputOf(record, 'FindZone')`. */
  record: SiteRecord;
  /** This step as it stood before: its handles, whether it was left running, waiting, done or failed. */
  previous: StepItem<Output> | undefined;
  now: Date;
  ledger: Ledger;
  environment: Environment;
  /** Milliseconds until Lambda ends the function. */
  remaining: () => number;
  /** Writes down what was made before the body goes on, so that a crash or a failure after it does not lose it. */
  keep: (...made: Made[]) => Promise<void>;
  /** Takes back what was kept as an intent and was refused for good. */
  takeBack: (...made: Made[]) => Promise<void>;
}

export interface StepResult<Output> {
  /** What stands now because of this step, whether made just now or found. */
  made?: Made[];
  /** What later steps and the workflow read. */
  output: Output;
  /** What happened, for the timeline: "Created the hosted zone "shop.example.test"". */
  message: string;
  /** What is no more: it goes out of the steps that made it. */
  gone?: Made[];
}

interface StepOptions {
  /** Also runs when the operation has ended meanwhile: for the step that ends it, whose answer may have been lost. */
  alsoWhenEnded?: boolean;
  /** Changes nothing but the ledger, and so goes on while all changes are stopped. */
  looksOnly?: boolean;
}

/**
 * A workflow step: reads the site, writes down that the step runs, runs it, writes down how it went, and answers with
 * the output. The body looks at the world first, so that a second run makes no mutating call; nothing is written that
 * the ledger already says. The body runs only while the kill switch allows it, unless the step only looks.
 *
 * `NotReady`, `Awaited` and `Missing` leave the step waiting, with the failure's message as what it waits for; `Throttled` and `Denied` leave it as it is.
 * Errors of the SDK become failures by `classify`; an unknown error is thrown as it came, and stops the workflow.
 *
 * @throws {Failure} "Refused" for a worker of an operation that is no longer the site's, "Stopped" by the kill switch, "Superseded"
 * for a workflow of another version than the step's
 */
export function step<Name extends StepName, Event extends StepEvent = StepEvent>(
  name: Name,
  body: (context: StepContext<Event, StepOutputs[Name]>) => Promise<StepResult<StepOutputs[Name]>>,
  { alsoWhenEnded = false, looksOnly = false }: StepOptions = {},
): (event: Event, context: Context) => Promise<StepOutputs[Name]> {
  async function run(event: Event, context: Context): Promise<StepOutputs[Name]> {
    checkEvent(event);
    const { domain, revision } = event;
    logger.appendKeys({ step: name, domain, revision });
    checkWorkflow(name, event);
    const environment = readEnvironment();
    const ledger = openLedger(environment);
    const [record, stopped] = await Promise.all([
      readSite(ledger, domain),
      looksOnly ? undefined : stoppedLately(environment, new Date()),
    ]);
    if (!record) throw new Failure('Refused', `Cannot run "${name}" for "${domain}": the ledger has no such site`);
    checkCurrent(name, record.item, { revision, alsoWhenEnded });
    const previous = record.steps.find((item) => item.name === name);
    const log = new StepLog(ledger, record.item, { name, previous });
    await log.begin(new Date());
    const working = stopped
      ? Promise.reject(new Failure('Stopped', `${stopped}. Set it to "${ALLOWED}", then resume the site`))
      : body({
          event,
          site: record.item.site,
          item: record.item,
          record,
          previous: previous as StepItem<StepOutputs[Name]> | undefined,
          now: new Date(),
          ledger,
          environment,
          remaining: () => context.getRemainingTimeInMillis(),
          keep: (...made) => log.keep(made),
          takeBack: (...made) => log.takeBack(made),
        });
    const result = await working.catch(async (error: unknown) => {
      const failure = classify(error, { again: previous?.revision === revision });
      await log.fail(failure ?? error, new Date());
      throw failure ?? error;
    });
    await forget(ledger, record, result.gone ?? []);
    await log.end(result, new Date());
    return result.output;
  }

  async function logged(event: Event, context: Context): Promise<StepOutputs[Name]> {
    try {
      return await run(event, context);
    } catch (error) {
      const thrown = (classify(error) ?? error) as Error;
      if (thrown instanceof Failure) logger.warn(thrown.message, { failure: thrown.name });
      else logger.error('The step stopped', thrown);
      throw thrown;
    }
  }

  return loggingHandler<Event, StepOutputs[Name]>().handler(logged);
}

/** A step that changes nothing but the ledger: it goes on while all changes are stopped, and may not ask for the switch. */
export function ledgerStep<Name extends StepName, Event extends StepEvent = StepEvent>(
  name: Name,
  body: (context: StepContext<Event, StepOutputs[Name]>) => Promise<StepResult<StepOutputs[Name]>>,
): (event: Event, context: Context) => Promise<StepOutputs[Name]> {
  return step(name, body, { looksOnly: true });
}

function checkEvent({ domain, revision }: StepEvent): void {
  if (typeof domain === 'string' && Number.isInteger(revision)) return;
  throw new Error('Cannot run the step: its event needs a "domain" and a "revision"');
}

function checkWorkflow(name: string, { domain, workflow }: StepEvent): void {
  if (workflow === readWorkflowVersion()) return;
  throw new Failure(
    'Superseded',
    `Cannot run "${name}" for "${domain}": it is called by a workflow of another version`,
  );
}

function checkCurrent(
  name: string,
  { domain, revision: current, operation }: SiteItem,
  { revision, alsoWhenEnded }: { revision: number; alsoWhenEnded: boolean },
): void {
  const cannot = `Cannot run "${name}" for revision ${revision} of "${domain}"`;
  if (current !== revision) throw new Failure('Refused', `${cannot}: revision ${current} has taken its place`);
  if (!operation && !alsoWhenEnded) throw new Failure('Refused', `${cannot}: its operation has ended`);
}
