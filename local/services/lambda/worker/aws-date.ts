/**
 * Makes this thread's `Date` tell AWS time: `new Date()`, `Date.now()` and `Date()`. What is given an instant or a text
 * behaves as ever, and `performance.now()` counts what AWS time has leapt: a duration inside a function is what it is, and what it
 * has only waited is part of it.
 */
export function installAwsDate(offset: BigInt64Array): void {
  const wallNow = Date.now;
  const now = (): number => wallNow() + Number(Atomics.load(offset, 0));
  const Wall = Date;
  Wall.now = now;
  const AwsDate: DateConstructor = new Proxy(Wall, {
    apply: () => new Wall(now()).toString(),
    construct: (target, given, newTarget): object =>
      Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget === AwsDate ? target : newTarget),
  });
  Wall.prototype.constructor = AwsDate;
  globalThis.Date = AwsDate;
  const counter = performance.now.bind(performance);
  const start = Atomics.load(offset, 0);
  performance.now = () => counter() + Number(Atomics.load(offset, 0) - start);
}
