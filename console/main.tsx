import { render } from 'preact';
import { followLinks } from './location.ts';
import { App } from './shell/app.tsx';
import { findWhere } from './where.ts';

followLinks();
void findWhere();
render(<App />, document.body);
