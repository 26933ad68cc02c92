import { SECRET_TAG } from '../../domain/certificates/secret.ts';
import { arnHere, type GrantScope } from './scope.ts';
import type { Grant } from './statement.ts';

/** Secrets that hold a certificate for this stack, as their owner has said by a tag, and no others of the account. */
export function readingStoredCertificates(scope: GrantScope): Grant {
  return {
    actions: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'],
    resources: [arnHere(scope, 'secretsmanager', 'secret:*')],
    conditions: { StringEquals: { [`aws:ResourceTag/${SECRET_TAG}`]: scope.stack } },
  };
}
