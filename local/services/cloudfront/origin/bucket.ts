import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import type { Principal } from '../../../wire/service.ts';
import type { Destined } from './errand.ts';
import type { Fetched } from './fetch.ts';
import { CONDITIONAL, originHost } from './request-headers.ts';
import { requestTarget } from './request-target.ts';

/** Asks a bucket, signed as the origin's access control says. */
export function fetchFromBucket(errand: Destined): Fetched {
  const { exchange, method, errorPage, validators } = errand;
  const theirs = Object.entries(exchange.request.headers).filter(
    ([name]) => !((errorPage || validators) && CONDITIONAL.test(name)),
  );
  const { askBucket } = exchange.cloudFront.around;
  const [path = '/'] = requestTarget(errand).split('?');
  const { status, headers, body } = askBucket({
    // A Host that is no bucket's finds none, or breaks the signature.
    host: originHost(errand),
    path,
    method,
    headers: Object.fromEntries([...theirs, ...(validators ?? [])]),
    principal: principalOf(errand),
    requestId: exchange.requestId,
  });
  const incoming = new IncomingMessage(new Socket());
  incoming.statusCode = status;
  incoming.rawHeaders = headers.flat();
  incoming.headers = Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]));
  incoming.push(body);
  incoming.push(null);
  return { incoming };
}

/** CloudFront, acting for the distribution; nobody in particular where it does not sign. */
function principalOf({ exchange, origin, config }: Destined): Principal {
  const { cloudFront, request } = exchange;
  const control = cloudFront.accessControls.get(origin.OriginAccessControlId ?? '');
  const behavior = control?.config.SigningBehavior ?? 'never';
  const signs = behavior === 'always' || (behavior === 'no-override' && request.headers.authorization === undefined);
  if (!signs) return { arn: 'anonymous' };
  const arn = cloudFront.arn(cloudFront.callerReferences.get(config.CallerReference) ?? '');
  return { arn, service: 'cloudfront.amazonaws.com', sourceArn: arn };
}
