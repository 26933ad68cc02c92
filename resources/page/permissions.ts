import { PAGE_FOLDER } from '../../domain/pages/page-path.ts';
import { ledgerOfStep } from '../permissions/ledger.ts';
import type { GrantScope } from '../permissions/scope.ts';
import { allow, type Grant } from '../permissions/statement.ts';

/** The pages, and nothing else of the bucket. */
export const pagesOf = ({ pagesArn }: GrantScope): string[] => [`${pagesArn}/${PAGE_FOLDER}/*`];

/** Without the list S3 says of an absent page that it is denied. */
export function pagePermissions(scope: GrantScope): Grant[] {
  return [
    ledgerOfStep(scope),
    allow([scope.pagesArn], 's3:ListBucket'),
    allow(pagesOf(scope), 's3:GetObject', 's3:PutObject', 's3:DeleteObject'),
  ];
}
