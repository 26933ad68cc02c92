import { isCode } from '../../aws/error-code.ts';
import { Failure } from '../../domain/errors.ts';
import { waitedMs } from '../../domain/ledger/waited.ts';
import { listed } from '../../domain/listed.ts';
import type { Applying, Doing } from '../resource.ts';
import { type OwnDistribution, type SeenDistributions, usedDistribution, viewerCertificateIn } from './changes.ts';
import { type DesiredDistribution, serving } from './config.ts';
import { distribution } from './distribution.ts';
import { replaceConfig } from './replace-config.ts';
import { takenName } from './taken-name.ts';

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
    const [desired] = distribution.desired(scope);
    const used = usedDistribution(actual, scope);
    if (!desired || !used) throw new Error(`Cannot serve "${scope.owner.domain}": its distribution was not read`);
    const certificateArn = viewerCertificateIn(scope);
    const serve = (names: string[]) =>
      replaceConfig(used, (config) => serving(config, { ...desired, names }, certificateArn)).catch(
        (error: unknown) => {
          throw refusal(error, { used, certificateArn, doing });
        },
      );
    const next = await serve(desired.names).catch(async (error: unknown) => {
      if (!isCode(error, 'CNAMEAlreadyExists')) throw error;
      // Where a name is, CloudFront tells a distribution that has its certificate.
      throw await takenName(await serve([]), desired.names, error);
    });
    const own = actual.own.map((each) => (each === used ? next : each));
    return { actual: { ...actual, own }, message: served(desired, next) };
  },

  outcome(actual, { scope }) {
    const [desired] = distribution.desired(scope);
    const used = usedDistribution(actual, scope);
    return desired && used ? { message: served(desired, used) } : {};
  },
};

function served({ names }: DesiredDistribution, { id }: OwnDistribution): string {
  return `The distribution ${id} serves ${listed(names)} with the certificate; edge locations take it over one after the other`;
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
