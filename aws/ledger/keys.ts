/** Where each kind of item lies: `pk` and `sk` of the table, and the index that lists the sites. */
export const siteKey = (domain: string) => ({ pk: `SITE#${domain}`, sk: 'SITE' });
export const stepKey = (domain: string, step: string) => ({ pk: `SITE#${domain}`, sk: `STEP#${step}` });
export const maintenanceKey = (domain: string) => ({ pk: `SITE#${domain}`, sk: 'MAINTENANCE' });
/** What the last look has seen: it sorts before "SITE", as alerts and certificates do. */
export const lookKey = (domain: string) => ({ pk: `SITE#${domain}`, sk: 'LOOK' });
/** `hash` is the first part of an alert's id, or of a certificate's. */
export const alertKey = (domain: string, hash: string) => ({ pk: `SITE#${domain}`, sk: `${ALERT_PREFIX}${hash}` });
export const certificateKey = (domain: string, hash: string) => ({
  pk: `SITE#${domain}`,
  sk: `${CERTIFICATE_PREFIX}${hash}`,
});
export const alarmKey = (arn: string, domain: string) => ({ pk: `ALARM#${arn}`, sk: `SITE#${domain}` });
export const nameKey = (name: string) => ({ pk: `NAME#${name}`, sk: 'CLAIM' });
/** Stands under `above` for a name below it; `sk` sorts before the claim of `above` itself. */
export const belowKey = (above: string, name: string) => ({ pk: `NAME#${above}`, sk: `BELOW#${name}` });
export const registrationKey = (domain: string) => ({ pk: `REGISTRATION#${domain}`, sk: 'REGISTRATION' });
export const tokenKey = (certificateArn: string) => ({ pk: `TOKEN#${certificateArn}`, sk: 'TOKEN' });
export const addressUseKey = (instanceId: string) => ({ pk: `INSTANCE#${instanceId}`, sk: 'ADDRESS' });
export const tenantShareKey = (tenant: string) => ({ pk: `TENANT#${tenant}`, sk: 'SHARE' });
export const planKey = (id: string) => ({ pk: `PLAN#${id}`, sk: 'PLAN' });
export const requestKey = (key: string) => ({ pk: `REQUEST#${key}`, sk: 'REQUEST' });

/** What the keys of a site's alerts and certificates begin with: all of them sort before "SITE". */
export const ALERT_PREFIX = 'ALERT#';
export const CERTIFICATE_PREFIX = 'CERTIFICATE#';

/** What the keys of a timeline's entries begin with. */
export const TIMELINE_PREFIX = 'EVENT#';

/** `at` sorts the timeline; `id` keeps two entries of one instant apart, and a repeated one from standing twice. */
export const timelineKey = (domain: string, at: string, id: string) => ({
  pk: `SITE#${domain}`,
  sk: `${TIMELINE_PREFIX}${at}#${id}`,
});

/** The partition of the index `gsi1` under which all sites stand, sorted by domain. */
export const SITES_INDEX = { name: 'gsi1', partition: 'SITES' } as const;

/** The partition of the same index under which sites stand whose maintenance is due by itself, sorted by when. */
export const MAINTENANCE_INDEX = { partition: 'MAINTENANCE' } as const;

/** The partitions of the same index that alerts are listed in by when, and certificates by when they end. */
export const ALERTS_INDEX = {
  suspected: 'ALERTS#SUSPECTED',
  open: 'ALERTS#OPEN',
  resolved: 'ALERTS#RESOLVED',
} as const;
export const CERTIFICATES_INDEX = { partition: 'CERTIFICATES' } as const;

/** An item as the code knows it, without the keys that only the table needs. */
export function withoutKeys<Item>(stored: Record<string, unknown>): Item {
  const { pk: _pk, sk: _sk, gsi1pk: _gsi1pk, gsi1sk: _gsi1sk, ...item } = stored;
  return item as Item;
}
