import fc from 'fast-check';
import type { FaultKind } from '../../local/wire/faults.ts';
import type { Play } from './play.ts';

/** What a command may know before it is run; the place itself says the rest. */
export interface Model {
  declared: boolean;
}

/** One thing that somebody does, after which everything must hold. */
class Does implements fc.AsyncCommand<Model, Play> {
  readonly #words: string;
  readonly #act: (play: Play) => Promise<unknown>;
  readonly #needs: 'a site' | 'nothing';

  constructor(words: string, act: (play: Play) => Promise<unknown>, needs: 'a site' | 'nothing' = 'a site') {
    this.#words = words;
    this.#act = act;
    this.#needs = needs;
  }

  check({ declared }: Model): boolean {
    return this.#needs === 'nothing' || declared;
  }

  async run(model: Model, play: Play): Promise<void> {
    if (this.#words.startsWith('declare')) model.declared = true;
    await this.#act(play);
    const wrong = await play.wrong();
    if (wrong.length > 0) throw new Error(wrong.join('\n'));
  }

  toString(): string {
    return this.#words;
  }
}

export type Command = fc.AsyncCommand<Model, Play>;

/** Calls that something may happen to. */
const STRUCK = [
  ['acm', 'RequestCertificate'],
  ['elasticloadbalancing', 'CreateLoadBalancer'],
  ['elasticloadbalancing', 'DeleteLoadBalancer'],
  ['route53', 'ChangeResourceRecordSets'],
  ['ec2', 'AllocateAddress'],
  ['dynamodb', 'PutItem'],
  ['states', 'StartExecution'],
] as const;

const KINDS = ['error-before', 'error-after', 'reset-after', 'kill-before', 'kill-after', 'throttle'] as const;

/** Every command by its words, for cases that are written down. */
export const does = {
  declare: (onFailure: 'hold' | 'undo') =>
    new Does(`declare, on failure ${onFailure}`, (play) => play.declare(onFailure), 'nothing'),
  resume: () => new Does('resume', (play) => play.act('resume')),
  cancel: () => new Does('cancel', (play) => play.act('cancel')),
  cancelAndUndo: () => new Does('cancel, then undo', (play) => play.act('cancel', '{"then":"undo"}')),
  undo: () => new Does('undo', (play) => play.undo()),
  repeat: () => new Does('the last request again', (play) => play.repeat()),
  deliverAgain: (nth: number) =>
    new Does(`the event of step ${nth} twice at once`, (play) => play.deliverAgain(nth, { old: false })),
  wakeOld: (nth: number) =>
    new Does(`a late worker of step ${nth} of the operation before`, (play) => play.deliverAgain(nth, { old: true })),
  wait: (seconds: number) => new Does(`wait ${seconds} s`, (play) => play.advance(seconds), 'nothing'),
  settle: () => new Does('wait for the end', (play) => play.settle(), 'nothing'),
  putInTheWay: () => new Does('somebody puts a record in the way', (play) => play.putInTheWay(), 'nothing'),
  editOurs: () => new Does('somebody points a record of ours elsewhere', (play) => play.editOurs()),
  untag: () => new Does('somebody takes a tag of ours away', (play) => play.untag()),
  editListener: () => new Does('somebody changes a listener of ours', (play) => play.editListener()),
  fail: ([service, operation]: readonly [string, string], kind: FaultKind) =>
    new Does(
      `the next ${service}:${operation} meets ${kind}`,
      async (play) => play.fail({ service, operation, kind }),
      'nothing',
    ),
} as const;

/** Each command, the more often the more of them. */
export const commands: fc.Arbitrary<Command>[] = [
  fc.constantFrom('hold' as const, 'undo' as const).map(does.declare),
  fc.constant(does.declare('hold')),
  fc.constant(does.resume()),
  fc.constant(does.cancel()),
  fc.constant(does.cancelAndUndo()),
  fc.constant(does.undo()),
  fc.constant(does.repeat()),
  fc.nat(30).map(does.deliverAgain),
  fc.nat(30).map(does.wakeOld),
  fc.constantFrom(5, 30, 240).map(does.wait),
  fc.constant(does.settle()),
  fc.constant(does.settle()),
  fc.constant(does.putInTheWay()),
  fc.constant(does.editOurs()),
  fc.constant(does.untag()),
  fc.constant(does.editListener()),
  fc.tuple(fc.constantFrom(...STRUCK), fc.constantFrom(...KINDS)).map(([call, kind]) => does.fail(call, kind)),
];
