import { type ACMClient, ListAcmeAccountsCommand, RevokeAcmeAccountCommand } from '@aws-sdk/client-acm';
import { allPages } from './all-pages.ts';

/** The URLs of the accounts that were registered with some bindings and are valid. */
export async function listAccounts(
  acm: ACMClient,
  { endpointArn, bindings }: { endpointArn: string; bindings: readonly string[] },
): Promise<string[]> {
  if (bindings.length === 0) return [];
  const listed = await allPages(
    (NextToken) =>
      acm.send(
        new ListAcmeAccountsCommand({ AcmeEndpointArn: endpointArn, ...(NextToken !== undefined && { NextToken }) }),
      ),
    ({ AcmeAccounts }) => AcmeAccounts,
  );
  return listed.flatMap(({ AccountUrl, Status, AcmeExternalAccountBindingArn = '' }) =>
    AccountUrl !== undefined && Status === 'VALID' && bindings.includes(AcmeExternalAccountBindingArn)
      ? [AccountUrl]
      : [],
  );
}

/** Ends an account for good: it neither issues nor revokes any more. */
export async function revokeAccount(
  acm: ACMClient,
  { endpointArn, url }: { endpointArn: string; url: string },
): Promise<void> {
  await acm.send(new RevokeAcmeAccountCommand({ AcmeEndpointArn: endpointArn, AccountUrl: url }));
}
