import type { Resolver } from '../aws/dns/resolver.ts';
import type { Environment } from '../aws/environment.ts';
import type { Ledger } from '../aws/ledger/ledger.ts';
import type { Clients } from '../aws/one-look.ts';
import type { Change, Phase } from '../domain/changes/change.ts';
import type { Made } from '../domain/ledger/made.ts';
import type { StepOutputs } from '../domain/ledger/outputs.ts';
import type { SiteRecord } from '../domain/ledger/site-record.ts';
import type { StepItem } from '../domain/ledger/step-item.ts';
import type { Owner } from '../domain/ownership.ts';
import type { Keeps } from '../domain/removal/kept.ts';
import type { Obstacle } from '../domain/removal/obstacle.ts';
import type { ResourceType } from '../domain/resources/resource-type.ts';
import type { Site } from '../domain/sites/site.ts';
import type { Undelegated } from '../domain/zones/carry-over.ts';
import type { Zone } from '../domain/zones/longest-match.ts';
import type { readBypass } from './bypass/read-function.ts';
import type { ReadImport } from './certificate/read-import.ts';
import type { readPage } from './page/read-stored.ts';

/** What a resource is decided from, besides what is read of the world. */
export interface Scope {
  owner: Owner;
  /** The document that the site is to be as; undefined where nothing of it is to exist: an undo. */
  site: Site | undefined;
  /** What only the ledger knows: what was made, what it was before, where it was used. Undefined for a new site. */
  record: SiteRecord | undefined;
  /**
   * What earlier resources have told, by the step that prepares them: in a step what is done in this operation, in a plan what is
   * there already, and words for what is not.
   */
  known: Partial<StepOutputs>;
  /** What others attached something to, as it was approved: it is retained for as long as they do. */
  retained: readonly Obstacle[];
  /** Whether the hosted zone that was made for the site stays, even where it could be deleted. */
  retainsZone?: true;
  /** The types and ids of the resources that are kept and unmarked where they would be removed. */
  keeps?: Keeps;
  now: Date;
  /** The names whose zones may be read, where a plan may not read all of them yet (failures S2). */
  readable?: readonly string[];
}

/** A zone before its delegation is looked at, and the public zones of its account. Undefined where it is delegated to already. */
export type Foresee = (
  zone: { name: string; names: readonly string[]; nameServers: readonly string[] },
  listed: readonly Zone[],
) => Promise<Undelegated | undefined>;

type ReadPage = typeof readPage;
type ReadBypass = typeof readBypass;

/** What resources are read with, whichever phase is due. */
export type Looking = Omit<Look, 'phase'>;

/** What a resource is read with. */
export interface Look {
  clients: Clients;
  environment: Environment;
  ledger: Ledger;
  /** For names whose records another provider keeps; absent where DNS is not asked. */
  dns?: Resolver;
  /** What the delegation of a zone would change, where that is seen in another way than by asking name servers, which must answer. */
  foresee?: Foresee;
  /** Reads the secret that a certificate is imported from; absent where nothing is prepared. */
  readImport?: ReadImport;
  /** Reads the page of the site from its bucket; absent where the ledger is enough. */
  readPage?: ReadPage;
  /** Reads the function of a bypass from CloudFront, likewise. */
  readBypass?: ReadBypass;
  /** The phase that is due: what only another one needs is not read. */
  phase: Phase;
  /** Whether all of a kind are listed anyway, as a plan does to count them: one of them is then looked for in the list. */
  listsAll?: true;
}

/**
 * One kind of thing that a site is made of. Plans, steps, undo and drift all read the same `changes`. Nothing here changes the
 * world: what does is an `Applying`, which only a step has, so that a plan can neither make anything nor be allowed to.
 */
export interface Resource<Desired, Actual, Handles extends object> {
  /** What plans and the ledger call it. */
  type: ResourceType;
  /** Whether it is in the account of the site's zones, under the role that the site may name: a denial there is the role's. */
  inDnsAccount?: true;
  /** Other types that its changes are of: the rules of a security group. */
  parts?: readonly ResourceType[];
  /** What the document asks for; nothing when there is no document. Pure. */
  desired(scope: Scope): Desired[];
  /** All that is the site's, and what is in its place. */
  read(look: Look, scope: Scope): Promise<Actual>;
  /**
   * Every change between the two, of all phases, and what stays. Pure, and stable: after any first part of the list was made, it
   * gives the rest.
   */
  changes(desired: readonly Desired[], actual: Actual, scope: Scope): Change[];
  /**
   * What later resources and steps are told of it; in a plan, words stand for what is not made yet. Nothing is read of what is not
   * desired, and nothing told of what no site without it needs to know. Pure.
   */
  handles(desired: readonly Desired[], actual: Actual | undefined, scope: Scope): Handles | undefined;
  /**
   * What will be there once other resources, which see the same zones, have made their changes; `first` are those among them that are
   * made before its own first step. Pure.
   */
  afterwards?(actual: Actual, changes: readonly Change[], first: readonly Change[]): Actual;
}

/** What a change is made with. */
export interface Doing extends Look {
  scope: Scope;
  /** Whether the execution has restored once what another tool removed. */
  restored: boolean;
  /** The step as it was before: whether an earlier run has died, and what it had made. */
  previous: StepItem<unknown> | undefined;
  revision: number;
  /** Writes down what was made before the step goes on, so that a crash after it does not lose it. */
  keep: (...made: Made[]) => Promise<void>;
  takeBack: (...made: Made[]) => Promise<void>;
}

/** How the changes of one phase are made. */
export interface Applying<Desired, Actual> {
  /** What the ledger keeps in sight of it: all that the document uses, and what is retained. Pure. */
  standing(desired: readonly Desired[], actual: Actual, scope: Scope): Made[];
  /** What has to be known to others before the world is read. */
  before?(doing: Doing): Promise<void>;
  /**
   * Looks, before anything is decided, whether AWS returns completely what an earlier run may have made: without its tags that would
   * be refused or adopted.
   *
   * @throws {Failure} "NotReady" while it may not
   */
  checkComplete?(actual: Actual, doing: Doing): void;
  /**
   * Makes one change, with those that must be made in the same call, and gives what is there after it: it is decided again from
   * that, and not from another read, which AWS may answer from before. Safe to repeat.
   *
   * @throws {Failure} "NotReady" where it has to wait
   */
  apply(change: Change, actual: Actual, doing: Doing): Promise<Applied<Actual>>;
  /** Takes our tags off a resource that is kept; absent where it bears none. Safe to repeat. */
  unmark?(change: Change, actual: Actual, doing: Doing): Promise<void>;
  /** Looks once more when nothing is left to make. */
  after?(actual: Actual, doing: Doing): Promise<void>;
  /**
   * What an error of AWS means for the resource; the error itself where it means nothing else.
   *
   * @throws {Failure} "Missing" where another tool has removed what earlier steps created, for the workflow to restore it
   */
  explain?(error: unknown, doing: Doing): unknown;
  /** What the step tells beyond what its changes do. */
  outcome?(actual: Actual, doing: Doing): Outcome | Promise<Outcome>;
}

/** What counts in place of what follows from the changes. */
export interface Outcome {
  /** Added to the handles. */
  output?: object;
  message?: string;
  gone?: Made[];
}

export interface Applied<Actual> {
  actual: Actual;
  /** What was done, for the timeline: "Released the address 203.0.113.9". */
  message: string;
}
