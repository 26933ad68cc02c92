import { useEffect, useId, useRef } from 'preact/hooks';
import { CopyButton } from '../parts/copy-button.tsx';
import { FromNow, Time } from '../parts/time.tsx';
import { sitePath } from '../route.ts';
import { dateOf } from './certificate-cells.tsx';
import {
  type CertificateView,
  leftWords,
  PLACE_WORDS,
  RENEWAL_WORDS,
  renewalSpan,
  standingOf,
} from './certificate-row.ts';

interface CertificateDialogProps {
  certificate: CertificateView;
  now: Date;
  onClose: () => void;
}

/** All that is known of a certificate. */
export function CertificateDialog({ certificate, now, onClose }: CertificateDialogProps) {
  const { domain, arn, place, names, type, validFrom, validTo, shareLeft, renewal, servedAt, seenAt } = certificate;
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => dialog.current?.showModal(), []);
  const renews = renewalSpan(certificate);
  const { words } = standingOf(certificate, now);
  return (
    <dialog ref={dialog} aria-labelledby={id} onClose={onClose}>
      <form method="dialog">
        <h2 id={id}>The certificate of {domain}</h2>
        <dl class="facts">
          <dt>Names</dt>
          <dd>{names.join(', ')}</dd>
          <dt>Serves</dt>
          <dd>{PLACE_WORDS[place]}</dd>
          <dt>Type</dt>
          <dd>{type}</dd>
          {arn !== undefined && (
            <>
              <dt>ARN</dt>
              <dd>
                <code>{arn}</code> <CopyButton text={arn} what="the ARN" />
              </dd>
            </>
          )}
          <dt>Issued</dt>
          <dd>
            <Time at={validFrom} />
          </dd>
          <dt>Ends</dt>
          <dd>
            <Time at={validTo} />, {leftWords(certificate, now)}, {Math.round(shareLeft * 100)} % of its lifetime
            {words !== undefined && `: ${words}`}
          </dd>
          <dt>Renewal</dt>
          <dd>
            {RENEWAL_WORDS[renewal]}
            {renews && `, from ${dateOf(renews.from)} on`}
          </dd>
          <dt>Served at</dt>
          <dd>
            {servedAt.length === 0
              ? 'no address that is seen from outside'
              : servedAt.map(({ name, address }) => (
                  <div key={`${name} ${address}`}>
                    {address} as {name}
                  </div>
                ))}
          </dd>
          <dt>Seen</dt>
          <dd>
            <FromNow at={seenAt} />
          </dd>
        </dl>
        <div class="actions">
          <a class="button" href={sitePath(domain)}>
            The site
          </a>
          <button type="submit">Close</button>
        </div>
      </form>
    </dialog>
  );
}
