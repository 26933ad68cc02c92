import { expect, test } from '@jest/globals';
import { opener } from '../../../cli/console/open-browser.ts';

test.each([
  ['darwin', {}, ['open']],
  ['win32', {}, ['rundll32', 'url.dll,FileProtocolHandler']],
  ['linux', { DISPLAY: ':0' }, ['xdg-open']],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, ['xdg-open']],
  ['linux', { DISPLAY: '' }, undefined],
] as const)(
  'on %s with %j the browser is opened by %j: over SSH there is no window to show it in',
  (platform, env, by) => {
    expect(opener(platform, env)).toEqual(by);
  },
);
