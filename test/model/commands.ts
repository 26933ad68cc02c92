import fc from 'fast-check';
import type { FaultKind } from '../../local/wire/faults.ts';
import type { Play } from './play.ts';
import { TARGETS, type Target } from './record-edits.ts';
import { ALL_LABELS, aWish, inWords, type Wish, wishes } from './wishes.ts';

/** What a command may know before it is run; the place itself says the rest. */
export interface Model {
  declared: boolean;
}

/** One thing that somebody does, after which everything must hold. */
class Does implements fc.AsyncCommand<Model, Play> {
  readonly #words: string;
  readonly #act: (play: Play) => unknown;
  readonly #needs: 'a site' | 'nothing';

  constructor(words: string, act: (play: Play) => unknown, needs: 'a site' | 'nothing' = 'a site') {
    this.#words = words;
    this.#act = act;
    this.#needs = needs;
  }

  check({ declared }: Model): boolean {
    return this.#needs === 'nothing' || declared;
  }

  async run(model: Model, play: Play): Promise<void> {
    if (this.#words.startsWith('declare ') && !this.#words.endsWith('nonsense')) model.declared = true;
    await this.#act(play);
    const wrong = await play.wrong();
    if (wrong.length > 0) throw new Error(wrong.join('\n'));
  }

  toString(): string {
    return this.#words;
  }
}

export type Command = fc.AsyncCommand<Model, Play>;

type OnFailure = 'hold' | 'undo';

/** Calls that something may happen to. */
const STRUCK = [
  ['acm', 'RequestCertificate'],
  ['acm', 'DeleteCertificate'],
  ['elasticloadbalancing', 'CreateLoadBalancer'],
  ['elasticloadbalancing', 'ModifyListener'],
  ['elasticloadbalancing', 'DeregisterTargets'],
  ['elasticloadbalancing', 'DeleteLoadBalancer'],
  ['route53', 'ChangeResourceRecordSets'],
  ['ec2', 'AllocateAddress'],
  ['ec2', 'RevokeSecurityGroupIngress'],
  ['dynamodb', 'PutItem'],
  ['states', 'StartExecution'],
] as const;

const KINDS = ['error-before', 'error-after', 'reset-after', 'kill-before', 'kill-after', 'throttle'] as const;

/** Every command by its words, for cases that are written down. */
export const does = {
  declare: (onFailure: OnFailure, wish: Wish = aWish()) =>
    new Does(
      `declare ${inWords(wish)}; on failure ${onFailure}`,
      (play) => play.requests.declare(play.document(wish, onFailure)),
      'nothing',
    ),
  change: (wish: Wish, { approve = true, onFailure = 'hold' }: { approve?: boolean; onFailure?: OnFailure } = {}) =>
    new Does(
      `change to ${inWords(wish)}; on failure ${onFailure}${approve ? ', whatever that deletes' : ''}`,
      (play) => play.requests.change(play.document(wish, onFailure), { approve }),
      'nothing',
    ),
  declareNonsense: () =>
    new Does('declare nonsense', (play) => play.requests.declareNonsense(play.document(aWish(), 'hold')), 'nothing'),
  resume: () => new Does('resume', (play) => play.requests.resume()),
  cancel: () => new Does('cancel', (play) => play.requests.cancel('hold')),
  cancelAndUndo: () => new Does('cancel, then undo', (play) => play.requests.cancel('undo')),
  undo: () => new Does('undo', (play) => play.requests.undo()),
  delete: () => new Does('delete', (play) => play.requests.delete()),
  repeat: () => new Does('the last request again', (play) => play.repeat()),
  deliverAgain: (nth: number) =>
    new Does(`the event of step ${nth} twice at once`, (play) => play.deliverAgain(nth, { old: false })),
  wakeOld: (nth: number) =>
    new Does(`a late worker of step ${nth} of the operation before`, (play) => play.deliverAgain(nth, { old: true })),
  wait: (seconds: number) => new Does(`wait ${seconds} s`, (play) => play.advance(seconds), 'nothing'),
  settle: () => new Does('wait for the end', (play) => play.settle(), 'nothing'),
  putInTheWay: (label: string) =>
    new Does(`somebody puts a record at "${label}"`, (play) => play.records.putInTheWay(label), 'nothing'),
  lead: (label: string, to: Target) =>
    new Does(`somebody leads "${label}" ${to}`, (play) => play.records.lead(label, to)),
  deleteRecord: (label: string) =>
    new Does(`somebody deletes the record of "${label}"`, (play) => play.records.deleteRecord(label)),
  deleteMarker: (label: string) =>
    new Does(`somebody deletes the marker of "${label}"`, (play) => play.records.deleteMarker(label)),
  stop: () => new Does('somebody stops all changes', (play) => play.stop(), 'nothing'),
  allow: () => new Does('somebody allows changes again', (play) => play.allow(), 'nothing'),
  untag: () => new Does('somebody takes a tag of ours away', (play) => play.edge.untag()),
  editListener: () => new Does('somebody changes a listener of ours', (play) => play.edge.editListener()),
  fail: ([service, operation]: readonly [string, string], kind: FaultKind) =>
    new Does(
      `the next ${service}:${operation} meets ${kind}`,
      (play) => play.fail({ service, operation, kind }),
      'nothing',
    ),
} as const;

const failures = fc.constantFrom<OnFailure>('hold', 'undo');
const labels = fc.constantFrom(...ALL_LABELS);
const ourLabels = fc.constantFrom('', ...ALL_LABELS);

const requests: fc.Arbitrary<Command> = fc.oneof(
  { weight: 2, arbitrary: fc.tuple(failures, wishes).map(([onFailure, wish]) => does.declare(onFailure, wish)) },
  {
    weight: 5,
    arbitrary: fc
      .tuple(wishes, failures, fc.boolean())
      .map(([wish, onFailure, approve]) => does.change(wish, { onFailure, approve })),
  },
  fc.constant(does.declareNonsense()),
  { weight: 2, arbitrary: fc.constant(does.resume()) },
  fc.constant(does.cancel()),
  fc.constant(does.cancelAndUndo()),
  fc.constant(does.undo()),
  fc.constant(does.delete()),
  fc.constant(does.repeat()),
);

const meddling: fc.Arbitrary<Command> = fc.oneof(
  labels.map(does.putInTheWay),
  {
    weight: 2,
    arbitrary: fc.tuple(ourLabels, fc.constantFrom(...TARGETS)).map(([label, to]) => does.lead(label, to)),
  },
  ourLabels.map(does.deleteRecord),
  ourLabels.map(does.deleteMarker),
  fc.constant(does.untag()),
  fc.constant(does.editListener()),
);

/** How a story begins: with a site. */
export const beginnings: fc.Arbitrary<Command> = fc
  .tuple(failures, wishes)
  .map(([onFailure, wish]) => does.declare(onFailure, wish));

/** Each command, the more often the more it weighs. */
export const commands: fc.Arbitrary<Command> = fc.oneof(
  { weight: 9, arbitrary: requests },
  { weight: 2, arbitrary: fc.nat(30).map(does.deliverAgain) },
  { weight: 2, arbitrary: fc.nat(30).map(does.wakeOld) },
  { weight: 2, arbitrary: fc.constantFrom(5, 30, 240).map(does.wait) },
  { weight: 5, arbitrary: fc.constant(does.settle()) },
  { weight: 4, arbitrary: meddling },
  { weight: 1, arbitrary: fc.constant(does.stop()) },
  { weight: 1, arbitrary: fc.constant(does.allow()) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom(...STRUCK), fc.constantFrom(...KINDS))
      .map(([call, kind]) => does.fail(call, kind)),
  },
);
