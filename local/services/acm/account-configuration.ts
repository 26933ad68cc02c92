import type { GetAccountConfigurationResponse, PutAccountConfigurationRequest } from '@aws-sdk/client-acm';
import type { Operation } from '../../wire/service.ts';
import type { Acm } from './acm.ts';
import { watch } from './lifetime.ts';

/** Source: ACM API Reference, "ExpiryEventsConfiguration"; checked 2026-11-22. */
const DEFAULT_DAYS = 45;

export const getAccountConfiguration = (acm: Acm): Operation<object, GetAccountConfigurationResponse> => ({
  run: (_, { region }) => ({
    ExpiryEvents: { DaysBeforeExpiry: acm.daysBeforeExpiry.get(region) ?? DEFAULT_DAYS },
  }),
});

/** Sets how many days before their end certificates begin to send events, for those that stand, too. */
export const putAccountConfiguration = (acm: Acm): Operation<PutAccountConfigurationRequest, object> => ({
  run({ ExpiryEvents }, { region }) {
    const days = ExpiryEvents?.DaysBeforeExpiry;
    if (days === undefined) return {};
    acm.daysBeforeExpiry.set(region, days);
    for (const certificate of acm.certificates.all(region)) watch(acm, certificate);
    return {};
  },
});
