import type { DistributionConfig } from '@aws-sdk/client-cloudfront';
import { AwsError } from '../../../wire/service.ts';
import { isAlias } from '../aliases/names.ts';
import { invalidArgument } from '../errors.ts';
import { ALIASES_PER_DISTRIBUTION } from '../quotas.ts';

/** Throws for aliases that no distribution can have. */
export function checkAliases({ Aliases }: DistributionConfig): void {
  const aliases = Aliases?.Items ?? [];
  if (aliases.length > ALIASES_PER_DISTRIBUTION) {
    throw new AwsError(
      'TooManyDistributionCNAMEs',
      'Your request contains more CNAMEs than are allowed per distribution.',
    );
  }
  if (!aliases.every(isAlias) || new Set(aliases).size < aliases.length) {
    throw invalidArgument('The parameter CNAME contains one or more parameters that are not valid.');
  }
}
