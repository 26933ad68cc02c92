import { isCode } from '../../aws/error-code.ts';
import { Failure } from '../../domain/errors.ts';
import { waitedMs } from '../../domain/ledger/waited.ts';
import { listed } from '../../domain/listed.ts';
import type { Applying, Doing } from '../resource.ts';
import {
  movedNames,
  type OwnDistribution,
  type SeenDistributions,
  servedNow,
  usedDistribution,
  viewerCertificateIn,
} from './changes.ts';
import { aliasesOf, serving } from './config.ts';
import type { DesiredDistribution } from './desired.ts';
import { distribution } from './distribution.ts';
import { nextSecretOf } from './next-secret.ts';
import { replaceConfig } from './replace-config.ts';
import { refuseTaken } from './taken-name.ts';

/**
 * How long CloudFront may not know a certificate that ACM has issued, in ms. Source: pull request 4698 of
 * hashicorp/terraform-provider-aws, which retries for a minute; checked 2026-11-29. Five times that.
 */
const UNKNOWN_CERTIFICATE_MS = 5 * 60_000;

/** Has the distribution serve the names with their certificate, and whatever else the document asks for. */
export const serveAliases: Applying<DesiredDistribution, SeenDistributions> = {
  // It was made by the step that prepares it.
  standing: () => [],

  checkComplete(actual, { scope }) {
    if (usedDistribution(actual, scope)?.id === scope.known.CreateDistribution?.distributionId) return;
    const { distributionId } = scope.known.CreateDistribution ?? {};
    throw new Failure('NotReady', `Waiting until GetDistribution returns the distribution ${distributionId}`);
  },

  async apply(_, actual, doing) {
    const { scope } = doing;
    const desired = desiredNow(actual, scope);
    const used = usedDistribution(actual, scope);
    if (!desired || !used) throw new Error(`Cannot serve "${scope.owner.domain}": its distribution was not read`);
    const certificateArn = viewerCertificateIn(scope);
    const nextSecret = await nextSecretOf(used, desired, scope);
    const serve = (names: string[], over = used) =>
      replaceConfig(over, (config) => serving(config, { ...desired, names }, certificateArn, nextSecret)).catch(
        (error: unknown) => {
          throw refusal(error, { used, certificateArn, doing });
        },
      );
    const { next, pointedFirst } = await serve(desired.names).then(
      (done) => ({ next: done, pointedFirst: [] }),
      (error: unknown) => serveOneByOne(error, { desired, serve }),
    );
    if (pointedFirst.length > 0 && scope.known.PointRecords) throw notSeenByCloudFront(pointedFirst, next);
    const own = actual.own.map((each) => (each === used ? next : each));
    const after = { ...actual, own, ...(pointedFirst.length > 0 && { pointedFirst }) };
    return { actual: after, message: served(servedNow(desired, after, scope), next) };
  },

  outcome(actual, { scope }) {
    const desired = desiredNow(actual, scope);
    const used = usedDistribution(actual, scope);
    const moves = movedNames(actual, scope);
    const pointedFirst = [...(actual.pointedFirst ?? [])];
    return {
      ...(desired && used && { message: served(desired, used, { moves, pointedFirst }) }),
      output: { ...(moves.length > 0 && { moves }), ...(pointedFirst.length > 0 && { pointedFirst }) },
    };
  },
};

interface Serving {
  desired: DesiredDistribution;
  serve: (names: string[], over?: OwnDistribution) => Promise<OwnDistribution>;
}

/**
 * Serves what CloudFront lets the distribution have, where it refuses some names. Those that no distribution has are refused because DNS
 * leads them to another one: they are added once their records have moved.
 */
async function serveOneByOne(
  error: unknown,
  { desired, serve }: Serving,
): Promise<{ next: OwnDistribution; pointedFirst: string[] }> {
  if (!isCode(error, 'CNAMEAlreadyExists')) throw error;
  // Where a name is, CloudFront tells a distribution that has its certificate.
  let next = await serve([]);
  const missing = desired.names.filter((name) => !aliasesOf(next.config).includes(name));
  await refuseTaken(next, missing, error);
  const pointedFirst: string[] = [];
  for (const name of missing) {
    try {
      next = await serve([name], next);
    } catch (refused) {
      if (!isCode(refused, 'CNAMEAlreadyExists')) throw refused;
      pointedFirst.push(name);
    }
  }
  return { next, pointedFirst };
}

const notSeenByCloudFront = (names: readonly string[], { domainName }: OwnDistribution): Failure =>
  new Failure(
    'NotReady',
    `Waiting until CloudFront sees that DNS leads ${listed(names)} to ${domainName} and to no other distribution: it lets this one have the name then`,
  );

function desiredNow(actual: SeenDistributions, scope: Doing['scope']): DesiredDistribution | undefined {
  const [desired] = distribution.desired(scope);
  return desired && servedNow(desired, actual, scope);
}

function served(
  { names }: DesiredDistribution,
  { id }: OwnDistribution,
  { moves = [], pointedFirst = [] }: { moves?: readonly string[]; pointedFirst?: readonly string[] } = {},
): string {
  const what = names.length === 0 ? 'has' : `serves ${listed(names)} with`;
  const later = [
    ...(moves.length === 0 ? [] : [`; ${listed(moves)} is moved to it once it is ready`]),
    ...(pointedFirst.length === 0
      ? []
      : [`; ${listed(pointedFirst)} is added once DNS leads there and no longer to another distribution`]),
  ].join('');
  return `The distribution ${id} ${what} the certificate; edge locations take it over one after the other${later}`;
}

function refusal(
  error: unknown,
  {
    used: { id, status },
    certificateArn,
    doing: { previous, revision, scope },
  }: { used: OwnDistribution; certificateArn: string; doing: Doing },
): unknown {
  const cause = { cause: error };
  // Failures C4: one change of the certificate at a time.
  if (isCode(error, 'IllegalUpdate') && status !== 'Deployed') {
    return new Failure(
      'NotReady',
      `Waiting until CloudFront has deployed the distribution ${id}: it takes one change of the certificate at a time`,
      cause,
    );
  }
  if (!isCode(error, 'InvalidViewerCertificate')) return error;
  if (waitedMs(previous, { revision, now: scope.now }) < UNKNOWN_CERTIFICATE_MS) {
    return new Failure('NotReady', `Waiting until CloudFront takes the certificate that ACM has just issued`, cause);
  }
  const says = error.message.replace(/\.+$/, '');
  return new Failure(
    'Misconfigured',
    `CloudFront refuses the certificate ${certificateArn}: ${says}. Mend that, then declare the site again`,
    cause,
  );
}
