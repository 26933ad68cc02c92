import type { Invalidation as Shown } from '@aws-sdk/client-cloudfront';

/** Paths that edge locations forget. */
export interface Invalidation {
  id: string;
  callerReference: string;
  /** "/a.html", or "/images/*": the wildcard stands at the end only. */
  paths: readonly string[];
  createdAt: Date;
  /** When the last edge location has done it. */
  completedAt: Date;
}

export const isInProgress = ({ completedAt }: Invalidation, now: Date): boolean => now < completedAt;

/** As GetInvalidation shows it. */
export const shownInvalidation = (invalidation: Invalidation, now: Date): Shown => ({
  Id: invalidation.id,
  Status: isInProgress(invalidation, now) ? 'InProgress' : 'Completed',
  CreateTime: invalidation.createdAt,
  InvalidationBatch: {
    Paths: { Quantity: invalidation.paths.length, Items: [...invalidation.paths] },
    CallerReference: invalidation.callerReference,
  },
});
