import {
  AssociateAliasCommand,
  CloudFrontClient,
  CreateDistributionWithTagsCommand,
  DeleteDistributionCommand,
  type DistributionConfig,
  GetDistributionCommand,
  ListDistributionsCommand,
  ListTagsForResourceCommand,
  type Tag,
  UpdateDistributionCommand,
} from '@aws-sdk/client-cloudfront';
import { beforeEach } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import type { Cdn } from '../../domain/sites/cdn.ts';
import type { Site } from '../../domain/sites/site.ts';
import type { DesiredDistribution, DesiredOrigin } from '../../resources/distribution/desired.ts';
import { useLedger } from './ledger.ts';
import { awsError, domain, ownTags } from './steps.ts';

/** The CDN of a site, as declared by default. */
export const aCdn: Cdn = {
  originName: `origin.${domain}`,
  host: 'viewer',
  caching: 'CachingDisabled',
  minimumTls: 'TLSv1.2_2021',
  lock: true,
};

/** What a distribution before an origin is to be as. */
export function aDesired({
  origin,
  ...changes
}: Partial<Omit<DesiredDistribution, 'origin'>> & { origin?: Partial<DesiredOrigin> } = {}): DesiredDistribution {
  return {
    domain,
    names: [domain, `www.${domain}`],
    http: 'redirect',
    minimumTls: aCdn.minimumTls,
    showsPage: false,
    origin: { ...aCdn, port: 443, addresses: 'ipv4', ...origin },
    ...changes,
  };
}

/** What makes a site one behind CloudFront. */
export const behindCdn: Partial<Site> = { edge: 'cdn', cdn: aCdn };

/** A distribution of an account that a test holds. */
export interface HeldDistribution {
  config: DistributionConfig;
  etag: number;
  status: 'Deployed' | 'InProgress';
  tags: Tag[];
}

type Struck = 'create' | 'update' | 'move';

/** An account with the distributions of a map, which its calls change as CloudFront's do. */
export function useDistributions() {
  const ledger = useLedger();
  const cloudFront = mockClient(CloudFrontClient);
  const held = new Map<string, HeldDistribution>();
  const references = new Set<string>();
  const struck = new Map<Struck, () => void>();
  /** The names that DNS leads to a distribution which has none of them. */
  const ledElsewhere = new Set<string>();
  /** Has something happen before the next call of an operation has its effect: another tool is faster, or the call is refused. */
  const before = (operation: Struck, happens: () => void): void => {
    struck.set(operation, happens);
  };
  const strike = (operation: Struck): void => {
    const happens = struck.get(operation);
    struck.delete(operation);
    happens?.();
  };

  const arnOf = (id: string) => `arn:aws:cloudfront::123456789012:distribution/${id}`;
  const find = (id: string | undefined): HeldDistribution => {
    const found = held.get(id ?? '');
    if (!found) throw awsError('NoSuchDistribution');
    return found;
  };
  const shown = (id: string, { config, etag, status }: HeldDistribution) => ({
    Distribution: {
      Id: id,
      ARN: arnOf(id),
      Status: status,
      LastModifiedTime: new Date(),
      InProgressInvalidationBatches: 0,
      DomainName: `${id.toLowerCase()}.cloudfront.net`,
      DistributionConfig: structuredClone(config),
    },
    ETag: `E${etag}`,
  });
  const matching = (id: string | undefined, ifMatch: string | undefined): HeldDistribution => {
    const found = find(id);
    if (ifMatch !== `E${found.etag}`) throw awsError('PreconditionFailed');
    return found;
  };

  beforeEach(() => {
    cloudFront.reset();
    held.clear();
    references.clear();
    struck.clear();
    ledElsewhere.clear();
    cloudFront.on(ListDistributionsCommand).callsFake(async () => ({
      DistributionList: {
        Quantity: held.size,
        Items: [...held].map(([Id, { config, status }]) => ({
          ...config,
          Id,
          ARN: arnOf(Id),
          Status: status,
          DomainName: `${Id.toLowerCase()}.cloudfront.net`,
        })),
      },
    }));
    cloudFront.on(GetDistributionCommand).callsFake(async ({ Id }) => shown(Id, find(Id)));
    cloudFront.on(ListTagsForResourceCommand).callsFake(async ({ Resource }) => ({
      Tags: { Items: find(Resource.split('/')[1]).tags },
    }));
    cloudFront.on(CreateDistributionWithTagsCommand).callsFake(async ({ DistributionConfigWithTags: given }) => {
      strike('create');
      const { DistributionConfig: config, Tags } = given;
      if (references.has(config.CallerReference)) throw awsError('DistributionAlreadyExists');
      references.add(config.CallerReference);
      const id = `E${references.size}`;
      held.set(id, { config: structuredClone(config), etag: 1, status: 'InProgress', tags: Tags.Items });
      return shown(id, find(id));
    });
    cloudFront.on(UpdateDistributionCommand).callsFake(async ({ Id, IfMatch, DistributionConfig }) => {
      strike('update');
      const found = matching(Id, IfMatch);
      if ((DistributionConfig.Aliases?.Items ?? []).some((name: string) => ledElsewhere.has(name))) {
        throw awsError('CNAMEAlreadyExists');
      }
      Object.assign(found, { config: structuredClone(DistributionConfig), status: 'InProgress', etag: found.etag + 1 });
      return shown(Id, found);
    });
    cloudFront.on(AssociateAliasCommand).callsFake(async ({ TargetDistributionId, Alias }) => {
      strike('move');
      const target = find(TargetDistributionId);
      for (const each of held.values()) {
        const names = each.config.Aliases?.Items ?? [];
        const Items = [...names.filter((name) => name !== Alias), ...(each === target ? [Alias] : [])];
        if (each !== target && !names.includes(Alias)) continue;
        const config = { ...each.config, Aliases: { Quantity: Items.length, Items } };
        Object.assign(each, { config, status: 'InProgress', etag: each.etag + 1 });
      }
      return {};
    });
    cloudFront.on(DeleteDistributionCommand).callsFake(async ({ Id, IfMatch }) => {
      const { config, status } = matching(Id, IfMatch);
      if (config.Enabled || status !== 'Deployed') throw awsError('DistributionNotDisabled');
      held.delete(Id);
      return {};
    });
  });

  /** Puts one into the account, the site's own unless it has other tags. */
  const having = (id: string, config: DistributionConfig, changes: Partial<HeldDistribution> = {}): void => {
    held.set(id, { config, etag: 1, status: 'Deployed', tags: ownTags, ...changes });
    references.add(config.CallerReference ?? '');
  };

  return { ledger, cloudFront, held, references, having, before, ledElsewhere };
}
