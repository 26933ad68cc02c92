import { render } from 'preact';
import { followLinks } from './location.ts';
import { App } from './shell/app.tsx';
import { findWhere } from './where.ts';

followLinks();
// Everything says, or is kept by, where that is.
void findWhere().finally(() => render(<App />, document.body));
