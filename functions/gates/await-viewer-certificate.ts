import { Resolver } from '../../aws/dns/resolver.ts';
import { VIEWERS } from '../../domain/certificates/place.ts';
import { leaveToken } from '../shared/certificates/leave-token.ts';

/** Leaves the workflow's token; ACM's event picks it up in `await-certificate`, which is warm by then. */
export const awaitingViewers = (newResolver: () => Resolver) => leaveToken(VIEWERS, newResolver);

export const handler = awaitingViewers(() => new Resolver());
