import type { Mail, Published } from './topic.ts';

/** As many as are kept of each kind; older ones go. */
const KEPT = 10_000;

/** What topics took and what mail went out, for tests and people to look at. */
export class Outbox {
  readonly published: Published[] = [];
  readonly mail: Mail[] = [];

  publish(one: Published): void {
    keep(this.published, one);
  }

  send(one: Mail): void {
    keep(this.mail, one);
  }
}

function keep<T>(list: T[], one: T): void {
  list.push(one);
  if (list.length > KEPT) list.shift();
}
