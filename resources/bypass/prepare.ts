import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { client } from '../../aws/clients.ts';
import {
  createEdgeFunction,
  publishEdgeFunction,
  updateEdgeFunction,
} from '../../aws/edge-functions/write-edge-function.ts';
import { commentOf } from '../../domain/distributions/identity.ts';
import { Failure } from '../../domain/errors.ts';
import { bypassName, bypassOf, bypassVersion } from '../../domain/failover/bypass.ts';
import { bypassCode } from '../../domain/failover/bypass-code.ts';
import { ownerTags } from '../../domain/ownership.ts';
import type { Applying, Doing } from '../resource.ts';
import { siteOf } from '../scope.ts';
import type { DesiredBypass, SeenBypass, SeenBypasses } from './changes.ts';
import { madeBypass, standingBypasses } from './standing.ts';

/** Writes the function and publishes it: a distribution takes none that edge locations do not run. */
export const prepareBypass: Applying<DesiredBypass, SeenBypasses> = {
  standing: standingBypasses,

  async apply({ verb }, { found }, doing) {
    const site = siteOf(doing.scope);
    const declared = bypassOf(site);
    if (!declared) throw new Error(`Cannot write a bypass for "${site.domain}": the site has none`);
    const [name, code] = [bypassName(site.domain), bypassCode(declared)];
    const written = { name, code, comment: commentOf(site.domain) };
    const next = found ? await update(found, written) : await create(written, doing);
    const isPublished = await publishEdgeFunction(client(CloudFrontClient), { name, etag: next.etag });
    if (!isPublished) throw changedMeanwhile(name);
    const message = `${verb === 'create' ? 'Created' : 'Changed'} the CloudFront function ${name}, by which ${declared.addresses.join(', ')} see the site while other viewers see its page`;
    return { actual: { found: { ...next, version: bypassVersion(declared) } }, message };
  },
};

type Writing = Parameters<typeof updateEdgeFunction>[1];
type Standing = Pick<SeenBypass, 'arn' | 'tags'> & { etag: string };

async function create(written: Omit<Writing, 'etag'>, { scope: { owner }, keep }: Doing): Promise<Standing> {
  const tags = ownerTags(owner);
  const created = await createEdgeFunction(client(CloudFrontClient), { ...written, tags });
  if (!created) throw new Failure('NotReady', `Waiting until DescribeFunction returns the function ${written.name}`);
  await keep(madeBypass({ arn: created.arn, version: undefined }));
  return { ...created, tags };
}

async function update({ arn, etag = '', tags }: SeenBypass, written: Omit<Writing, 'etag'>): Promise<Standing> {
  const next = await updateEdgeFunction(client(CloudFrontClient), { ...written, etag });
  if (next === undefined) throw changedMeanwhile(written.name);
  return { arn, etag: next, ...(tags && { tags }) };
}

const changedMeanwhile = (name: string): Failure =>
  new Failure('NotReady', `Waiting: the CloudFront function ${name} was changed meanwhile`);
