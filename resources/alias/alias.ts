import { ACMClient } from '@aws-sdk/client-acm';
import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { describeCertificate } from '../../aws/certificates/describe-certificate.ts';
import { type ListedDistribution, listDistributions } from '../../aws/distributions/list-distributions.ts';
import { type Distribution, readDistribution } from '../../aws/distributions/read-distribution.ts';
import { covers } from '../../domain/certificates/covers.ts';
import { CLOUDFRONT_REGION } from '../../domain/certificates/place.ts';
import { needsResource } from '../../domain/edges/edge.ts';
import { madeOf } from '../../domain/ledger/made-of.ts';
import { servedNames } from '../../domain/sites/served-names.ts';
import { readHolders } from '../distribution/read-holders.ts';
import type { Look, Resource, Scope } from '../resource.ts';
import { aliasChanges, type DesiredAlias, type MovedAlias, type SeenAliases, TYPE } from './changes.ts';

/**
 * The names of viewers that another distribution of the account has. CloudFront finds a distribution by the name that is asked for and by
 * nothing else, so viewers get the site at the moment of the move, whatever DNS says: it comes last, and what is moved is remembered.
 */
export const aliases: Resource<DesiredAlias, SeenAliases, object> = {
  type: TYPE,
  desired: ({ site }) => (site && needsResource(site, TYPE) ? servedNames(site).map((name) => ({ name })) : []),
  read: readAliases,
  changes: aliasChanges,
  handles: () => ({}),
};

async function readAliases(look: Look, scope: Scope): Promise<SeenAliases> {
  const wanted = aliases.desired(scope).map(({ name }) => name);
  const remembered = scope.record ? madeOf(scope.record, TYPE) : [];
  const isAsked = wanted.length > 0 && look.phase !== 'release';
  if (!isAsked && remembered.length === 0) return { holders: [], moved: [] };
  const cloudFront = look.clients(CloudFrontClient);
  const listed = await listDistributions(cloudFront);
  const own = ownIds(scope);
  const others = listed.filter(({ id }) => !own.includes(id));
  const [holders, moved] = await Promise.all([
    isAsked ? readHolders(cloudFront, others, wanted) : [],
    Promise.all(
      remembered.flatMap(({ id: name, before }) =>
        before && 'distributionId' in before ? [readMoved({ name, from: before }, { look, listed, own })] : [],
      ),
    ),
  ]);
  return { holders, moved };
}

/** The distributions of the site. */
function ownIds({ known, record }: Scope): string[] {
  const told = known.CreateDistribution?.distributionId;
  const made = record ? madeOf(record, 'distribution').map(({ id }) => id) : [];
  return [...(told === undefined ? [] : [told]), ...made];
}

async function readMoved(
  { name, from }: Pick<MovedAlias, 'name' | 'from'>,
  { look, listed, own }: { look: Look; listed: readonly ListedDistribution[]; own: readonly string[] },
): Promise<MovedAlias> {
  const former = await readDistribution(look.clients(CloudFrontClient), from.distributionId);
  const holder = listed.find((each) => each.aliases.includes(name))?.id;
  const at = holder === undefined || !own.includes(holder) ? 'elsewhere' : 'the site';
  return {
    name,
    from,
    at: former && hasAlias(former, name) ? 'the former' : at,
    ...(former && {
      former: { isDeployed: former.status === 'Deployed', isCovered: await isCovered(former, name, look) },
    }),
  };
}

const hasAlias = ({ config }: Distribution, name: string): boolean => (config.Aliases?.Items ?? []).includes(name);

/** CloudFront moves a name only to a distribution whose certificate covers it. One of IAM is not read: CloudFront judges it. */
async function isCovered({ config }: Distribution, name: string, { clients }: Look): Promise<boolean> {
  const { ACMCertificateArn: arn, IAMCertificateId } = config.ViewerCertificate ?? {};
  if (arn === undefined) return IAMCertificateId !== undefined;
  const certificate = await describeCertificate(clients(ACMClient, { region: CLOUDFRONT_REGION }), arn);
  return certificate?.status === 'ISSUED' && covers(certificate.names, name);
}
