import type { EC2Client } from '@aws-sdk/client-ec2';
import { findDefaultVpc } from '../../../aws/servers/default-vpc.ts';
import { describeInstance } from '../../../aws/servers/describe-instance.ts';
import { describeSubnets, listSubnetBlocks } from '../../../aws/servers/describe-subnets.ts';
import { describeInstanceType, zonesOffering } from '../../../aws/servers/instance-type.ts';
import { hasKeyPair } from '../../../aws/servers/key-pair.ts';
import { readVolumeSize } from '../../../aws/servers/volume-size.ts';
import { itsInstance } from '../../../domain/ledger/its-instance.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import { type NewInstance, newInstanceOf, withNewInstance } from '../../../domain/origins/new-instance.ts';
import type { FieldError } from '../../../domain/problems/problem.ts';
import type { Instance } from '../../../domain/servers/instance.ts';
import { changedInstance, choosePlace, noSuchKey, noSuchType } from '../../../domain/servers/new-instance-place.ts';
import { isDeclared } from '../../../domain/sites/life/states.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { isEnding } from '../../../resources/instance/changes.ts';

/**
 * The site with what is known of the instance that is created for it: the one that stands, or a subnet for the one that is to be
 * launched; and what keeps it from that. Any other site as it is.
 */
export async function surveyNewInstance(
  ec2: EC2Client,
  declared: Site,
  record: SiteRecord | undefined,
): Promise<{ site: Site; errors: FieldError[] }> {
  const wanted = newInstanceOf(declared);
  if (!wanted) return { site: declared, errors: [] };
  const standing = await readStanding(ec2, record);
  if (standing) {
    const { id, subnetId: subnet } = standing;
    const earlier = record && newInstanceOf(record.item.live ?? record.item.site);
    const { userData = earlier?.userData } = wanted;
    const known = { id, subnet, ...(userData !== undefined && { userData }) };
    const diskGiB = await readDisk(ec2, wanted, { standing, earlier });
    return { site: withNewInstance(declared, known), errors: changedInstance(wanted, { standing, earlier, diskGiB }) };
  }
  const { subnet, errors } = await place(ec2, declared, wanted);
  return { site: withNewInstance(declared, subnet === undefined ? {} : { subnet }), errors };
}

async function readStanding(ec2: EC2Client, record: SiteRecord | undefined): Promise<Instance | undefined> {
  const id = record && isDeclared(record.item) ? itsInstance(record) : undefined;
  const found = id === undefined ? undefined : await describeInstance(ec2, id);
  return found && !isEnding(found) ? found : undefined;
}

/** The size that its disk has, where another one is declared than before. */
async function readDisk(
  ec2: EC2Client,
  { diskGiB }: NewInstance,
  { standing: { volumeIds }, earlier }: { standing: Instance; earlier: NewInstance | undefined },
): Promise<number | undefined> {
  const [volume] = volumeIds;
  return volume === undefined || diskGiB === earlier?.diskGiB ? undefined : readVolumeSize(ec2, volume);
}

async function place(
  ec2: EC2Client,
  { subnets: named }: Pick<Site, 'subnets'>,
  { type, key, subnet }: NewInstance,
): Promise<{ subnet?: string | undefined; errors: FieldError[] }> {
  const [known, hasKey, ids] = await Promise.all([
    describeInstanceType(ec2, type),
    key === undefined || hasKeyPair(ec2, key),
    subnet === undefined ? named : [subnet],
  ]);
  const errors = [...(known ? [] : [noSuchType(type)]), ...(hasKey || key === undefined ? [] : [noSuchKey(key)])];
  if (errors.length > 0) return { errors };
  const vpcId = ids ? (await listSubnetBlocks(ec2, { ids }))[0]?.vpcId : await findDefaultVpc(ec2);
  const [found, zones] = await Promise.all([
    vpcId === undefined ? [] : describeSubnets(ec2, { vpcId, ids }),
    zonesOffering(ec2, type),
  ]);
  return choosePlace(found, { type, zones, subnet, named: ids !== undefined });
}
