import { widthOf } from './text/table.ts';

const COMMANDS = [
  ['local', 'boot the local AWS to try it on'],
  ['init site.json', 'write a site document'],
  ['plan site.json', 'what would change, what it costs'],
  ['apply site.json', 'do it, watch it, prove it'],
  ['list', 'all sites'],
  ['show shop.example.com --watch', 'what runs for one'],
  ['maintenance on shop.example.com', 'lead viewers to its maintenance page'],
  ['console', 'all of this in a browser'],
  ['delete shop.example.com', 'take it back, traffic first'],
  ['doctor www.example.com', 'what is wrong with any public name'],
] as const;

/** From this width on, what a command does stands beside it; below, under it. */
const BESIDE = 84;

/** What a person sees who types the command alone: usage by example. */
export function examples(width = widthOf()): string {
  const longest = Math.max(...COMMANDS.map(([words]) => words.length));
  const lines = COMMANDS.map(([words, what]) =>
    width < BESIDE ? `  nameplate ${words}\n      ${what}` : `  nameplate ${words.padEnd(longest + 2)} ${what}`,
  );
  return `${lines.join('\n')}

A command goes to the stack "Nameplate" of your AWS profile
and region (--stack, --region, --profile), to NAMEPLATE_URL,
or to the local AWS while it runs.`;
}
