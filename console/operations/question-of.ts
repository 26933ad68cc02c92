import type { SiteView } from '../../domain/sites/view.ts';

/** What a question about a site gets. */
export interface QuestionOf {
  site: SiteView;
  /** It was asked for: the site is looked at. */
  onDone: () => void;
  onClose: () => void;
}
