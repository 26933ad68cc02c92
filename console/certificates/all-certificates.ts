import { everyPage } from '../api.ts';
import { type Feed, useFeed } from '../live/feed.ts';
import type { CertificateView } from './certificate-row.ts';

/** The certificates of all live sites, what ends first first. */
export const useCertificates = (): Feed<CertificateView[]> =>
  useFeed('certificates', {
    look: (signal) => everyPage<CertificateView>('/v1/certificates?limit=1000', 'certificates', signal),
  });
