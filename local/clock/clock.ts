/** A timer on AWS time. */
export interface Timer {
  cancel(): void;
}

export interface ClockOptions {
  /** The instant AWS time starts at. Default: the wall clock's now. */
  startAt?: Date;
  /** AWS seconds that pass in one wall second while nothing is at work; 0 stands still. Default 0. */
  speed?: number;
  /** Whether AWS time passes while anything is at work, as on the wall. Default true; otherwise it stands still then, too. */
  passesAtWork?: boolean;
}

interface Due {
  at: number;
  order: number;
  run: () => void;
}

/**
 * AWS time. Waiting is sped up, work is not: while anything is at work on this machine (a call being answered, a
 * function running) AWS time passes as the wall clock does; while everything waits it passes `speed` times as fast,
 * or stands still at speed 0 until `advance` or `until` moves it.
 *
 * So a function that takes 80 ms has taken 80 ms of AWS time at every speed, and a time-out inside it means what it
 * says, while the three minutes a load balancer needs pass in six seconds.
 */
export class Clock {
  /** AWS time minus wall time in ms. Readable from a worker; constant while anything is at work there. */
  readonly sharedOffset = new BigInt64Array(new SharedArrayBuffer(8));
  readonly speed: number;
  readonly #atWork: 0 | 1;
  #awsAnchor: number;
  #wallAnchor: number;
  #busy = 0;
  #order = 0;
  #due: Due[] = [];
  #alarm: NodeJS.Timeout | undefined;
  #idleWaiters: (() => void)[] = [];
  #moving = false;
  #stopped = false;

  constructor({ startAt, speed = 0, passesAtWork = true }: ClockOptions = {}) {
    if (!(speed >= 0 && Number.isFinite(speed)))
      throw new RangeError(`Cannot run at speed ${speed}: it must be 0 or more`);
    this.speed = speed;
    this.#atWork = passesAtWork ? 1 : 0;
    this.#wallAnchor = wall();
    this.#awsAnchor = startAt?.getTime() ?? this.#wallAnchor;
    this.#share();
  }

  now(): Date {
    return new Date(this.#ms());
  }

  /** Counts as work until the returned function is called (once or more). */
  work(): () => void {
    this.#anchor(() => {
      this.#busy++;
    });
    let open = true;
    return () => {
      if (!open) return;
      open = false;
      this.#anchor(() => {
        this.#busy--;
      });
      if (this.#busy === 0) for (const wake of this.#idleWaiters.splice(0)) wake();
    };
  }

  /** Counts as work until the promise of `act` settles. */
  async during<T>(act: () => T | Promise<T>): Promise<T> {
    const done = this.work();
    try {
      return await act();
    } finally {
      done();
    }
  }

  /** Runs `act` once `ms` of AWS time have passed. What it starts counts as work until its promise settles. */
  after(ms: number, act: () => unknown): Timer {
    const due: Due = {
      at: this.#ms() + Math.max(0, ms),
      order: this.#order++,
      run: () => {
        void this.during(async () => act());
      },
    };
    this.#due.push(due);
    this.#due.sort((a, b) => a.at - b.at || a.order - b.order);
    this.#arm();
    return {
      cancel: () => {
        this.#due = this.#due.filter((other) => other !== due);
        this.#arm();
      },
    };
  }

  /** Waits `ms` of AWS time. The caller must not count as work meanwhile, or time only passes as on the wall. */
  wait(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const abort = () => {
        timer.cancel();
        reject(signal?.reason);
      };
      const timer = this.after(ms, () => {
        signal?.removeEventListener('abort', abort);
        resolve();
      });
      signal?.addEventListener('abort', abort, { once: true });
    });
  }

  /** Moves AWS time on by `ms`, running what falls due in order and letting each finish before time goes on. */
  async advance(ms: number): Promise<void> {
    await this.idle();
    const end = this.#ms() + ms;
    await this.#move(async () => {
      while ((await this.#leap(end)) && this.#ms() < end);
    });
  }

  /**
   * Moves AWS time from one due thing to the next until `condition` holds.
   * Throws when `limitMs` of AWS time have passed or nothing is left that could make it true.
   */
  async until(condition: () => boolean | Promise<boolean>, { limitMs = 24 * 3_600_000 } = {}): Promise<void> {
    const end = this.#ms() + limitMs;
    await this.#move(async () => {
      for (;;) {
        await this.idle();
        if (await condition()) return;
        await this.idle();
        if (this.#due.length === 0) throw new Error('Cannot wait any longer: nothing is left to happen');
        if (this.#ms() >= end) throw new Error(`Cannot wait any longer: ${limitMs / 1000} s of AWS time have passed`);
        await this.#leap(end);
      }
    });
  }

  /** Resolves when nothing is at work and nothing that is about to start has started. */
  async idle(): Promise<void> {
    for (let quiet = 0; quiet < 3; quiet++) {
      if (this.#busy > 0) {
        quiet = -1;
        await new Promise<void>((wake) => this.#idleWaiters.push(wake));
      }
      await new Promise((turn) => setImmediate(turn));
    }
  }

  /** Drops every timer: nothing fires any more. */
  stop(): void {
    this.#stopped = true;
    this.#due = [];
    clearTimeout(this.#alarm);
  }

  #ms(): number {
    const rate = this.#rate();
    return this.#awsAnchor + (rate === 0 ? 0 : (wall() - this.#wallAnchor) * rate);
  }

  #rate(): number {
    if (this.#busy > 0) return this.#atWork;
    return this.#moving ? 0 : this.speed;
  }

  #anchor(change: () => void): void {
    const aws = this.#ms();
    change();
    this.#wallAnchor = wall();
    this.#awsAnchor = aws;
    this.#share();
    this.#arm();
  }

  #share(): void {
    Atomics.store(this.sharedOffset, 0, BigInt(Math.round(this.#awsAnchor - this.#wallAnchor)));
  }

  #arm(): void {
    clearTimeout(this.#alarm);
    const next = this.#due[0];
    const rate = this.#rate();
    if (!next || rate === 0 || this.#stopped) return;
    const inMs = Math.min((next.at - this.#ms()) / rate, 2 ** 31 - 1);
    this.#alarm = setTimeout(() => this.#fire(), Math.max(0, Math.ceil(inMs)));
  }

  #fire(): void {
    const now = this.#ms();
    const ripe = this.#due.filter((due) => due.at <= now);
    this.#due = this.#due.filter((due) => due.at > now);
    for (const due of ripe) due.run();
    this.#arm();
  }

  async #move(act: () => Promise<void>): Promise<void> {
    if (this.#moving) throw new Error('Cannot move AWS time: somebody else is moving it');
    this.#anchor(() => {
      this.#moving = true;
    });
    try {
      await act();
    } finally {
      this.#anchor(() => {
        this.#moving = false;
      });
    }
  }

  /** Goes to the next due instant or to `end`, whichever is first, and lets what falls due there finish. */
  async #leap(end: number): Promise<boolean> {
    const target = Math.min(this.#due[0]?.at ?? end, end);
    this.#anchor(() => {});
    this.#awsAnchor = Math.max(this.#awsAnchor, target);
    this.#share();
    this.#fire();
    await this.idle();
    return !this.#stopped;
  }
}

const wall = (): number => performance.timeOrigin + performance.now();
