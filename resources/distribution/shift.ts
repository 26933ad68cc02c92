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
import { type DesiredDistribution, serving } from './config.ts';
import { distribution } from './distribution.ts';
import { nextSecretOf } from './next-secret.ts';
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
    const desired = desiredNow(actual, scope);
    const used = usedDistribution(actual, scope);
    if (!desired || !used) throw new Error(`Cannot serve "${scope.owner.domain}": its distribution was not read`);
    const certificateArn = viewerCertificateIn(scope);
    const nextSecret = await nextSecretOf(used, desired, scope);
    const serve = (names: string[]) =>
      replaceConfig(used, (config) => serving(config, { ...desired, names }, certificateArn, nextSecret)).catch(
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
    const desired = desiredNow(actual, scope);
    const used = usedDistribution(actual, scope);
    const moves = movedNames(actual, scope);
    return {
      ...(desired && used && { message: served(desired, used, moves) }),
      ...(moves.length > 0 && { output: { moves } }),
    };
  },
};

function desiredNow(actual: SeenDistributions, scope: Doing['scope']): DesiredDistribution | undefined {
  const [desired] = distribution.desired(scope);
  return desired && servedNow(desired, actual, scope);
}

function served({ names }: DesiredDistribution, { id }: OwnDistribution, moves: readonly string[] = []): string {
  const what = names.length === 0 ? 'has' : `serves ${listed(names)} with`;
  const later = moves.length === 0 ? '' : `; ${listed(moves)} is moved to it once it is ready`;
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
