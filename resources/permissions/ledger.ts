import type { GrantScope } from './scope.ts';
import type { Grant } from './statement.ts';
import { allow } from './statement.ts';

/** Some verbs of DynamoDB on the ledger's own table. */
export function ledger({ ledgerArn }: GrantScope, ...verbs: string[]): Grant {
  return allow([ledgerArn], ...verbs.map((verb) => `dynamodb:${verb}`));
}

/** What every step does: read the site, write how it went. */
export function ledgerOfStep(scope: GrantScope): Grant {
  return ledger(scope, 'Query', 'PutItem');
}

/** Where an operation begins or ends: names are claimed or let go with it, and a request is remembered by its key. */
export function ledgerOfOperation(scope: GrantScope): Grant {
  return ledger(scope, 'Query', 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem');
}

/** The list of all sites. */
export function ledgerOfList({ ledgerArn }: GrantScope): Grant {
  return allow([`${ledgerArn}/index/gsi1`], 'dynamodb:Query');
}
