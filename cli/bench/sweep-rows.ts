import { type Row, row } from './row.ts';
import { SITES, type Swept } from './sweep.ts';

/** Source: Route 53 Developer Guide, "Throttling for Amazon Route 53 API requests", for the account; checked 2026-11-30. */
const ROUTE53_PER_SECOND = 10;

/** The hourly sweep, and what looks at sites ask of Route 53, whose rate bounds how many there can be. */
export function sweepRows({ seconds, certificateCalls, ledgerReads, looks, lookCalls, lookSeconds }: Swept): Row[] {
  const { ListCertificates: lists = 0, ...others } = certificateCalls;
  const describes = Object.values(others).reduce((sum, calls) => sum + calls, 0);
  const zoneCalls = lookCalls['route53'] ?? 0;
  const perHour = Math.floor((ROUTE53_PER_SECOND * 3_600) / zoneCalls);
  const calls = Object.entries(lookCalls)
    .sort()
    .map(([service, count]) => `${service} ${count}`)
    .join(', ');
  return [
    row(`wall time of a sweep over ${SITES} certificates`, '1 run', {
      measured: `${seconds.toFixed(1)} s with a cold start; the deployed function and DynamoDB are the local AWS's, ACM's list is played, a second a page`,
      target: 'at most 20 s',
      met: seconds <= 20,
      values: { seconds },
    }),
    row('its calls while all are healthy', '1 run', {
      measured: `${lists} ListCertificates, ${describes} others of ACM, ${ledgerReads} reads of the ledger, ${looks} looks`,
      target: 'at most 100 lists, no other of ACM, no look',
      met: lists <= 100 && describes === 0 && looks === 0,
      values: { lists, describes, ledgerReads, looks },
    }),
    row('API calls for one look at a site', '1 look', {
      measured: `${calls}: Route 53's ${ROUTE53_PER_SECOND} calls a second allow ${perHour} looks an hour; ${lookSeconds.toFixed(2)} s without a network between`,
      values: { ...lookCalls, lookSeconds },
    }),
  ];
}
