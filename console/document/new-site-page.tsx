import { Writing } from './writing.tsx';

/** The least that a document says. */
const EMPTY = { domain: '', origin: { instance: { id: '' } } };

/** A new site: a form and its document, the plan, and then the site. */
export const NewSitePage = () => (
  <>
    <div class="head">
      <h1>New site</h1>
    </div>
    <Writing initial={EMPTY} />
  </>
);
