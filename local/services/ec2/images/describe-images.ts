import type { DescribeImagesRequest, DescribeImagesResult } from '@aws-sdk/client-ec2';
import { AwsError, type Operation } from '../../../wire/service.ts';
import type { Ec2 } from '../ec2.ts';
import { type Field, filtered } from '../filters.ts';
import { isIdWith } from '../ids.ts';
import { page } from '../paging.ts';
import { type Image, imagesOf, shownImage } from './image.ts';

/** Describes the images that the account can launch. */
export function describeImages(ec2: Ec2): Operation<DescribeImagesRequest, DescribeImagesResult> {
  const { account } = ec2.host;
  const shown = (image: Image) => shownImage(image, account);
  const fields: Record<string, Field<Image>> = {
    architecture: ({ architecture }) => architecture,
    'image-id': ({ imageId }) => imageId,
    'is-public': (image) => shown(image).Public,
    name: ({ name }) => name,
    'owner-alias': (image) => shown(image).ImageOwnerAlias,
    'owner-id': (image) => shown(image).OwnerId,
    'root-device-type': () => 'ebs',
    state: () => 'available',
    'virtualization-type': () => 'hvm',
  };
  return {
    run({ ImageIds, Owners, Filters, MaxResults, NextToken }, call) {
      const named = ImageIds?.length ? ImageIds.map((id) => findImage(call.region, id)) : imagesOf(call.region);
      const owned = named.filter((image) => !Owners?.length || Owners.some((owner) => isOwner(owner, image)));
      const found = filtered(owned, Filters, { fields });
      const { items, ...next } = page(found, { MaxResults, NextToken, ids: ImageIds, idsName: 'imagesSet' });
      return { Images: items.map(shown), ...next };
    },
  };
  function isOwner(owner: string, image: Image): boolean {
    const { OwnerId, ImageOwnerAlias } = shown(image);
    return owner === OwnerId || owner === ImageOwnerAlias || (owner === 'self' && OwnerId === account);
  }
}

/** The image of that id. Throws as EC2 does when no image has it. */
export function findImage(region: string, imageId: string | undefined): Image {
  if (imageId === undefined) throw new AwsError('MissingParameter', 'The request must contain the parameter ImageId');
  if (!isIdWith('ami', imageId)) {
    throw new AwsError('InvalidAMIID.Malformed', `Invalid id: "${imageId}" (expecting "ami-...")`);
  }
  const image = imagesOf(region).find((each) => each.imageId === imageId);
  if (!image) throw new AwsError('InvalidAMIID.NotFound', `The image id '[${imageId}]' does not exist`);
  return image;
}
