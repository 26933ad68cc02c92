import { spawn } from 'node:child_process';

type Env = Record<string, string | undefined>;

/** What shows a URL in the browser of the person at this machine; undefined where there is no window to show it in. */
export function opener(platform: NodeJS.Platform, env: Env): [command: string, ...words: string[]] | undefined {
  if (platform === 'darwin') return ['open'];
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  return env['DISPLAY'] || env['WAYLAND_DISPLAY'] ? ['xdg-open'] : undefined;
}

/** Opens the browser where there is one, and goes on without: the link is printed, too. */
export function openBrowser(link: string, platform = process.platform, env: Env = process.env): void {
  const [command, ...words] = opener(platform, env) ?? [];
  if (command === undefined) return;
  spawn(command, [...words, link], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}
