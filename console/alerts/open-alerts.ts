import type { AlertView } from '../../domain/care/view.ts';
import { everyPage } from '../api.ts';
import { type Feed, useFeed } from '../live/feed.ts';

/** The alerts that are open, the newest first. */
export const useOpenAlerts = (): Feed<AlertView[]> =>
  useFeed('alerts open', {
    look: (signal) => everyPage<AlertView>('/v1/alerts?limit=100&state=open', 'alerts', signal),
  });
