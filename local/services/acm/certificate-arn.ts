import type { Host } from '../../host.ts';

/** A new certificate's ARN; its id looks like a UUID. */
export function certificateArn({ draws, account }: Host, region: string): string {
  const digits = draws.hex('acm:id', 32);
  const id = [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)];
  return `arn:aws:acm:${region}:${account}:certificate/${id.join('-')}`;
}
