import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { shellWord } from '../../cli/shell-word.ts';
import type { Ran } from './built-command.ts';

const HEAD = `# Transcripts

What the commands print in a pipe, from a run of \`test/journeys/command.test.ts\` against the local AWS, which compares them but for ids,
addresses, times and the order of what happens side by side.
`;

/** What differs from run to run, by what stands for it. */
const DIFFERING: [RegExp, string][] = [
  [/\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z| UTC)?/g, '<time>'],
  [/(\d+ min )?\d+(\.\d+)? s\b/g, '<span>'],
  [/\b(\d{1,3}\.){3}\d{1,3}\b/g, '<address>'],
  [/\b[0-9a-f]*(:[0-9a-f]*){3,}\b/g, '<address>'],
  [/\bns-\d+\.awsdns-\d+\.(com|net|org|co\.uk)/g, '<name server>'],
  [/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, '<id>'],
  [/\b[0-9a-f]{8,}\b/g, '<id>'],
  [/\b[A-Z0-9]{12,}\b/g, '<id>'],
  [/\d+ of \d+ used/g, '<used>'],
];

/** What stands before the live steps, or before a refusal. */
const PLAN = /^(Plan for|Yours to enter|Findings)\b[\s\S]*?\n(?=\n +AWS time|Cannot go on)/;

/** Commands that show a plan before they act. */
const PLANNING = ['apply', 'delete'];

/** A step's message tells how its turn went: whether something stood already, which differs where a call was made twice, and how many had answered. */
const STEP = /^.*(✔ \w+).*$/;
const IN_TIMELINE = /^( *<time> +\w+): .*$/;

/** The transcripts of docs/: each command once, as it was printed first. */
export class Transcripts {
  readonly #file: string;
  readonly #heard = new Map<string, string>();

  constructor(file: string) {
    this.#file = file;
  }

  /** JSON is for scripts, and has its schemas. What `apply` shows before it asks, `plan` has shown. */
  heard(words: readonly string[], { code, stdout, stderr }: Ran): void {
    const command = `nameplate ${words
      .map(shellWord)
      .join(' ')
      .replace(/[0-9a-f]{16,}/g, 'ID')
      .replace(/\d{4}-\d\d-\d\d(?=T)/g, 'DAY')}`;
    if (words.includes('--json') || this.#heard.has(command) || (words[0] === 'apply' && code === 2)) return;
    const said = PLANNING.includes(words[0] ?? '') ? stdout.replace(PLAN, '(the plan)\n') : stdout;
    const ended = code === 0 ? '' : `[exit code ${code}]\n`;
    this.#heard.set(command, `$ ${command}\n${said}${stderr}${ended}`);
  }

  /** What the page has and what was heard, each block as what must not differ. */
  compared({ update }: { update: boolean }): { written: string[][]; heard: string[][] } {
    const heard = [...this.#heard.values()];
    if (update) writeFileSync(this.#file, [HEAD, ...heard.map((each) => `\`\`\`\n${each}\`\`\`\n`)].join('\n'));
    const page = existsSync(this.#file) ? readFileSync(this.#file, 'utf8') : '';
    const written = [...page.matchAll(/^```\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block);
    return { written: written.map(steady), heard: heard.map(steady) };
  }
}

/** A block's lines without what differs from run to run, in no order: branches of a workflow run side by side. */
function steady(block: string): string[] {
  const [command = '', ...lines] = block.split('\n');
  const kept = lines
    // What is waited for is told as often as it was looked at, and what a step made as it was found.
    .filter((line) => !/^ .* … |^ {20,}\+ /.test(line))
    .map((line) => DIFFERING.reduce((text, [pattern, name]) => text.replaceAll(pattern, name), line))
    .map((line) => line.replace(STEP, '$1').replace(IN_TIMELINE, '$1').replace(/ {2,}/g, '  ').trimEnd());
  return [command, ...[...new Set(kept)].sort()];
}
