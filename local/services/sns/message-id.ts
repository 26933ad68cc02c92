import type { Host } from '../../host.ts';

/** An id with a UUID's form: of messages and subscriptions. */
export const snsId = ({ draws }: Host): string =>
  draws.hex('sns:id', 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
