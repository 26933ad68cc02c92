import type { GetChangeRequest, GetChangeResponse } from '@aws-sdk/client-route-53';
import { AwsError, type Operation } from '../../wire/service.ts';
import { plainId, type Route53 } from './route53.ts';

export function getChange({ changes }: Route53): Operation<GetChangeRequest, GetChangeResponse> {
  return {
    resources: ({ Id: id }) => [`arn:aws:route53:::change/${plainId(id)}`],
    run({ Id: id }) {
      const info = changes.get(plainId(id));
      if (!info) throw new AwsError('NoSuchChange', `Could not find resource with ID: ${plainId(id)}`, { status: 404 });
      return { ChangeInfo: info };
    },
  };
}
