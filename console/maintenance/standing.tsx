import { CAUSES_IN_WORDS } from '../../domain/failover/causes-in-words.ts';
import type { FailoverView } from '../../domain/failover/failover-view.ts';
import { FromNow, Time } from '../parts/time.tsx';

type Shown = Pick<FailoverView, 'on' | 'cause' | 'since' | 'until' | 'message' | 'hold'>;

/** Where viewers are led, since when, why, and until when: in the words of the command. */
export const Standing = ({ standing: { on, cause, since, until, message, hold } }: { standing: Shown }) => (
  <>
    <p>
      {on === 'page' ? 'Viewers see the maintenance page' : 'Viewers see the site'}
      {on === 'page' && since !== undefined && (
        <>
          {' '}
          since <Time at={since} />
        </>
      )}
      {on === 'page' && cause !== undefined && `, ${CAUSES_IN_WORDS[cause]}`}
      {until !== undefined && (
        <>
          , until <Time at={until} /> (<FromNow at={until} />)
        </>
      )}
      .
    </p>
    {message !== undefined && <p class="said">“{message}”</p>}
    {hold && <p class="warn tone">Locked: neither a window nor the alarm switches.</p>}
  </>
);
