import type { Host } from '../../host.ts';
import { uuid } from './acme/arns.ts';

/** A new certificate's ARN. */
export const certificateArn = ({ draws, account }: Host, region: string): string =>
  `arn:aws:acm:${region}:${account}:certificate/${uuid(draws, 'acm:id')}`;
