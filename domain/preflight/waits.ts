import { exportableNames } from '../certificates/exportable.ts';
import type { CertificatePlace } from '../certificates/place.ts';
import { type Change, isActive, isCreated } from '../changes/change.ts';
import type { ResourceType } from '../resources/resource-type.ts';
import { isDelegationAwaited } from './delegation-findings.ts';
import type { PreflightFinding } from './finding.ts';

/** Something the site waits for, and how long that typically takes. */
export interface Wait {
  for:
    | 'delegation'
    | 'your records'
    | 'certificate'
    | 'viewer certificate'
    | 'domain validation'
    | 'server'
    | 'instance'
    | 'load balancer'
    | 'distribution'
    | 'origin'
    | 'records'
    | 'health check'
    | 'resolvers'
    | 'former distribution'
    | 'former load balancer'
    | 'former certificate';
  typicalSeconds: { from: number; to: number };
  message: string;
}

/**
 * How long each takes. From public logs, so estimates (E), except the delegation: registries publish within minutes and
 * resolvers may remember the old name servers for two days (Route 53 Developer Guide). Checked 2026-11-22.
 */
const TYPICAL_SECONDS: Record<Wait['for'], Wait['typicalSeconds']> = {
  delegation: { from: 300, to: 172_800 },
  /** A person has to enter them, and then they are there. */
  'your records': { from: 300, to: 172_800 },
  /** From the moment ACM can see the CNAME. */
  certificate: { from: 15, to: 60 },
  'viewer certificate': { from: 15, to: 60 },
  /** From the moment ACM can see the CNAMEs. */
  'domain validation': { from: 15, to: 60 },
  /** A person sets it up; its ACME client gets the certificate within two minutes. */
  server: { from: 300, to: 172_800 },
  /** Until it runs: its web server is installed meanwhile. */
  instance: { from: 10, to: 60 },
  'load balancer': { from: 140, to: 190 },
  /** From its last change: the first deployment of a new one is over while the certificate is waited for. */
  distribution: { from: 60, to: 300 },
  /** A person has to mend it, and then it is looked at every ten minutes at least. */
  origin: { from: 300, to: 172_800 },
  /** Until most checkers have asked: each does so once in its interval. */
  'health check': { from: 10, to: 60 },
  /** Until GetChange says INSYNC. */
  records: { from: 15, to: 45 },
  /** The TTL of our records and of aliases is 60 s; what a person has entered may have more. */
  resolvers: { from: 60, to: 300 },
  /** It is disabled first, and deleted once that is deployed. */
  'former distribution': { from: 60, to: 300 },
  /** Its network interfaces keep the security group. */
  'former load balancer': { from: 30, to: 300 },
  /** Until `InUseBy` is empty. */
  'former certificate': { from: 10, to: 120 },
};

const wait = (what: Wait['for'], message: string): Wait => ({
  for: what,
  typicalSeconds: TYPICAL_SECONDS[what],
  message,
});

const YOUR_RECORDS =
  'Until you have entered the records with your DNS provider; the site shows each as soon as it is known: the proof that the name is yours first, then what ACM asks for where it is to issue a certificate, at last what leads viewers to the site';

const YOUR_PROOF =
  'Until you have entered the record that proves the name to be yours; no hosted zone of the other account is read before, and a plan made after it shows what becomes of its records';

const YOUR_SERVER =
  'Until you have set the server up and it serves its certificate: nameplate server-kit takes the credentials and writes what it needs; traffic moves only then';

const YOUR_EXPORT =
  'Until you have exported the certificate and installed it on the server: the site tells the commands; traffic moves only then';

const ANSWERING = 'Until the zone is delegated to name servers that answer for it';

/** One that is imported is issued already. */
const isRequested = (type: CertificatePlace['type']) => (change: Change) =>
  isCreated(change, type) && !(change.after && 'secret' in change.after);

/** The check of a plan that finds a server which its clients would refuse today, and for which the site waits. */
export const ORIGIN_NOT_READY = 'originNotReady';

/** What the site will wait for, in the order of the workflow. Certificate and load balancer are waited for side by side. */
export function waits(
  changes: readonly Change[],
  {
    findings,
    certificatePending,
    viewerCertificatePending = false,
    external = false,
    unread = false,
  }: {
    findings: readonly PreflightFinding[];
    certificatePending: boolean;
    viewerCertificatePending?: boolean;
    external?: boolean;
    /** Whether hosted zones of another account were not read, for want of a proof. */
    unread?: boolean;
  },
): Wait[] {
  const makes = (type: ResourceType) => changes.some((change) => isCreated(change, type));
  const changesDistribution = changes.some(
    (change) => change.resource.type === 'distribution' && change.phase !== 'release' && isActive(change),
  );
  return [
    ...(findings.some(isDelegationAwaited)
      ? [wait('delegation', external ? ANSWERING : 'Until you have entered the name servers, and the world sees them')]
      : []),
    ...(external ? [wait('your records', YOUR_RECORDS)] : []),
    ...(unread ? [wait('your records', YOUR_PROOF)] : []),
    ...(changes.some(isRequested('certificate')) || certificatePending
      ? [wait('certificate', 'Until ACM sees the validation records and issues the certificate')]
      : []),
    ...(changes.some(isRequested('viewer certificate')) || viewerCertificatePending
      ? [wait('viewer certificate', 'Until ACM issues that of CloudFront by the same records, meanwhile')]
      : []),
    ...(makes('domain validation')
      ? [
          wait('domain validation', 'Until the ACME endpoint sees the validation records of the names'),
          wait('server', YOUR_SERVER),
        ]
      : []),
    ...(exportableNames(changes) > 0 ? [wait('server', YOUR_EXPORT)] : []),
    ...(makes('instance') ? [wait('instance', 'Until the new instance runs, and its web server is installed')] : []),
    ...(makes('load balancer') ? [wait('load balancer', 'Until AWS has made the load balancer, meanwhile')] : []),
    ...(findings.some(({ check }) => check === ORIGIN_NOT_READY)
      ? [wait('origin', 'Until what is wrong with the server is mended')]
      : []),
    ...(changesDistribution ? [wait('distribution', 'Until CloudFront has deployed the distribution everywhere')] : []),
    ...(makes('health check')
      ? [wait('health check', 'Until the checkers of Route 53 get an answer of the site')]
      : []),
    ...(changes.some((change) => change.resource.type === 'record' && isActive(change))
      ? [wait('records', 'Until all name servers of Route 53 answer with the records')]
      : []),
    ...releaseWaits(changes),
  ];
}

/** What a removal waits for before what records led to is deleted; a change does so once it serves. */
export function releaseWaits(changes: readonly Change[]): Wait[] {
  const released = changes.filter((change) => change.phase === 'release' && isActive(change));
  const deletes = (...types: ResourceType[]) =>
    released.some(({ verb, resource }) => verb === 'delete' && types.includes(resource.type));
  return [
    ...(released.length > 0
      ? [wait('resolvers', 'Until resolvers have forgotten the former records, whose TTL has to pass')]
      : []),
    ...(deletes('distribution')
      ? [
          wait(
            'former distribution',
            'Until CloudFront has disabled the former distribution everywhere, and deletes it',
          ),
        ]
      : []),
    ...(deletes('load balancer')
      ? [
          wait(
            'former load balancer',
            'Until the network interfaces of the former load balancer have left its security group',
          ),
        ]
      : []),
    ...(deletes('certificate', 'viewer certificate')
      ? [wait('former certificate', 'Until ACM tells that nothing uses the former certificate any more')]
      : []),
  ];
}
