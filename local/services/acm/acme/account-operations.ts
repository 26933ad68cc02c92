import type {
  DescribeAcmeAccountRequest,
  DescribeAcmeAccountResponse,
  ListAcmeAccountsRequest,
  ListAcmeAccountsResponse,
  RevokeAcmeAccountRequest,
  AcmeAccount as ShownAccount,
} from '@aws-sdk/client-acm';
import { AwsError, type Call, type Operation } from '../../../wire/service.ts';
import type { Acme } from './acme.ts';
import type { AcmeAccount } from './endpoint.ts';
import { onAcme } from './judged.ts';
import { pageOf } from './page.ts';

const named = ({ acm }: Acme) =>
  onAcme(acm, ({ AcmeEndpointArn }: { AcmeEndpointArn?: string | undefined }) => AcmeEndpointArn);

export const describeAcmeAccount = (
  acme: Acme,
): Operation<DescribeAcmeAccountRequest, DescribeAcmeAccountResponse> => ({
  ...named(acme),
  run: (input, call) => ({ AcmeAccount: shown(accountOf(acme, input, call)) }),
});

export const listAcmeAccounts = (acme: Acme): Operation<ListAcmeAccountsRequest, ListAcmeAccountsResponse> => ({
  ...named(acme),
  run(input, call) {
    const endpoint = acme.acm.endpoints.endpoint(input.AcmeEndpointArn, call);
    const { items, ...rest } = pageOf([...endpoint.accounts.values()], input, ({ url }) => url);
    return { AcmeAccounts: items.map(shown), ...rest };
  },
});

/** Ends an account for good: it neither issues nor revokes any more. */
export const revokeAcmeAccount = (acme: Acme): Operation<RevokeAcmeAccountRequest, object> => ({
  ...named(acme),
  run(input, call) {
    accountOf(acme, input, call).status = 'REVOKED';
    return {};
  },
});

function accountOf(
  acme: Acme,
  { AcmeEndpointArn, AccountUrl = '' }: DescribeAcmeAccountRequest,
  call: Call,
): AcmeAccount {
  const account = acme.acm.endpoints.endpoint(AcmeEndpointArn, call).accounts.get(AccountUrl);
  if (account) return account;
  throw new AwsError('ResourceNotFoundException', `Could not find ACME account ${AccountUrl}.`);
}

const shown = (account: AcmeAccount): ShownAccount => ({
  AccountUrl: account.url,
  PublicKeyThumbprint: account.thumbprint,
  Status: account.status,
  CreatedAt: account.createdAt,
  AcmeExternalAccountBindingArn: account.bindingArn,
  Contacts: [...account.contacts],
});
