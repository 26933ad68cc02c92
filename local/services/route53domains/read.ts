import type {
  GetDomainDetailRequest,
  GetDomainDetailResponse,
  GetOperationDetailRequest,
  GetOperationDetailResponse,
  ListDomainsRequest,
  ListDomainsResponse,
} from '@aws-sdk/client-route-53-domains';
import { AwsError, type Operation } from '../../wire/service.ts';
import type { Domains } from './domains.ts';
import { invalidInput } from './errors.ts';

/** Source: ListDomains, `MaxItems`, checked 2026-11-30. */
const PAGE = { standard: 20, most: 100 };

/** ListDomains: by name, in pages; without filters. */
export const listDomains = (domains: Domains): Operation<ListDomainsRequest, ListDomainsResponse> => ({
  run({ Marker, MaxItems = PAGE.standard, FilterConditions, SortCondition }) {
    if (FilterConditions?.length || SortCondition)
      throw new AwsError('NotImplemented', 'Filters are not part of the local AWS', { status: 501 });
    if (MaxItems > PAGE.most) throw invalidInput(`MaxItems must be at most ${PAGE.most}.`);
    const names = [...domains.domains.keys()].sort();
    const start = Marker === undefined ? 0 : names.indexOf(Buffer.from(Marker, 'base64url').toString());
    if (start < 0) throw invalidInput('Invalid marker.');
    const next = names[start + MaxItems];
    return {
      Domains: names.slice(start, start + MaxItems).map((name) => {
        const { autoRenew, expiresAt, statuses } = domains.get(name);
        const TransferLock = statuses.includes('clientTransferProhibited');
        return { DomainName: name, AutoRenew: autoRenew, TransferLock, Expiry: expiresAt };
      }),
      ...(next !== undefined && { NextPageMarker: Buffer.from(next).toString('base64url') }),
    };
  },
});

/** GetDomainDetail: of a domain of the account; without contacts. */
export const getDomainDetail = (domains: Domains): Operation<GetDomainDetailRequest, GetDomainDetailResponse> => ({
  run({ DomainName }) {
    const { name, nameServers, autoRenew, createdAt, expiresAt, statuses, signed } = domains.get(DomainName);
    return {
      DomainName: name,
      Nameservers: nameServers,
      AutoRenew: autoRenew,
      RegistrarName: 'Amazon Registrar, Inc.',
      CreationDate: createdAt,
      ExpirationDate: expiresAt,
      StatusList: statuses,
      ...(signed && { DnssecKeys: [{ Algorithm: 13, Flags: 257, KeyTag: 2371 }] }),
    };
  },
});

/** GetOperationDetail: how far the registry is. */
export const getOperationDetail = (
  domains: Domains,
): Operation<GetOperationDetailRequest, GetOperationDetailResponse> => ({
  run({ OperationId }) {
    const operation = domains.operations.get(OperationId ?? '');
    if (!operation) throw invalidInput(`Operation ${OperationId} not found in ${domains.host.account} account`);
    const { id, status, message, flag, domain, type, submittedAt, updatedAt } = operation;
    return {
      OperationId: id,
      Status: status,
      ...(message !== undefined && { Message: message }),
      ...(flag !== undefined && { StatusFlag: flag }),
      DomainName: domain,
      Type: type,
      SubmittedDate: submittedAt,
      LastUpdatedDate: updatedAt,
    };
  },
});
