import { useCertificates } from '../certificates/all-certificates.ts';
import { FromNow } from '../parts/time.tsx';
import { looksOf } from './alert-groups.ts';

const CLOCK = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** What stands in place of alerts where there are none: since when that is known. */
export function AllIsWell({ seenAt }: { seenAt: number | undefined }) {
  const certificates = useCertificates();
  const looks = certificates.value.value && looksOf(certificates.value.value);
  const sites = new Set(certificates.value.value?.map(({ domain }) => domain)).size;
  return (
    <div class={`empty ${looks ? 'good' : 'quiet'}`}>
      <p class="tone">No alert stands</p>
      {looks ? (
        <p>
          The certificates of {sites === 1 ? 'one live site' : `${sites} live sites`} are looked at every six hours:{' '}
          {looks.last.domain} was last, <FromNow at={looks.last.seenAt} />
          {looks.first !== looks.last && (
            <>
              , and {looks.first.domain} longest ago, <FromNow at={looks.first.seenAt} />
            </>
          )}
          .
        </p>
      ) : (
        certificates.value.value && <p>No site was looked at yet: each live site is, within six hours.</p>
      )}
      {seenAt !== undefined && <p class="muted">Seen at {CLOCK.format(seenAt)}.</p>}
    </div>
  );
}
