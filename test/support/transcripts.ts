import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { shellWord } from '../../domain/shell-word.ts';
import type { Ran } from './built-command.ts';
import { root } from './paths.ts';

/** What differs from run to run, by what stands for it. */
const DIFFERING: [RegExp, string][] = [
  [/\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z| UTC)?/g, '<time>'],
  [/(\d+ min )?\d+(\.\d+)? s\b/g, '<span>'],
  [/\b(\d{1,3}\.){3}\d{1,3}(:\d+)?\b/g, '<address>'],
  [/\b[0-9a-f]*(:[0-9a-f]*){3,}\b/g, '<address>'],
  [/\bns-\d+\.awsdns-\d+\.(com|net|org|co\.uk)/g, '<name server>'],
  [/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, '<id>'],
  [/\b[0-9a-f]{8,}\b/g, '<id>'],
  [/\b[A-Z0-9]{12,}\b/g, '<id>'],
  [/\d+ of \d+ (used|checkers)/g, '<count> $1'],
  [/\btoken=[\w-]+/g, 'token=<secret>'],
  [/(\/[\w.-]+)+\/nameplate-\w{6}\b/g, '<folder>'],
  [/ -p \d+\b/g, ' -p <port>'],
  [/\d+\.\d\d ×/g, '<ratio> ×'],
  [/\b\d+ of \d+ days left \(\d+ %\)/g, '<days> left (<share>)'],
  [/\b\d+ days\b/g, '<days>'],
  [/(_ISSUED|IMPORTED) +\d+/g, '$1 <days>'],
  [/(:secret:\S+)-\w{6}\b/g, '$1-<id>'],
];

/** What stands before the live steps, or before a refusal. */
const PLAN = /^(Plan for|Yours to enter|Findings)\b[\s\S]*?\n(?=\n +AWS time|Cannot go on)/;

/** Commands that show a plan before they act. */
const PLANNING = ['apply', 'delete'];

/** A step's message tells how its turn went: whether something stood already, which differs where a call was made twice, and how many had answered. */
const STEP = /^ *<span> +<span> +(✔ \w+).*$/;

/** The last of a timeline are shown: which those are depends on how often it was told what is waited for. */
const IN_TIMELINE = /^ *<time> +\w+: .*$/;

/** What is written between blocks. */
const FENCE = /^```\n([\s\S]*?)^```$/gm;

/** A page of transcripts in docs/: each command as it was printed first, and again where it printed something else. */
export class Transcripts {
  readonly #file: string;
  readonly #parts: string[] = [];
  readonly #printed = new Set<string>();

  /** `page` is its file's name: "sites.md". */
  constructor(page: string, head: string) {
    this.#file = join(root, 'docs', 'transcripts', page);
    this.says(head);
  }

  /** Markdown before the next command. */
  says(markdown: string): void {
    this.#parts.push(`${markdown}\n`);
  }

  /** JSON is for scripts, and has its schemas. What `apply` shows before it asks, `plan` has shown. */
  heard(words: readonly string[], { code, stdout, stderr }: Ran): void {
    const typed = `nameplate ${words
      .map(shellWord)
      .join(' ')
      .replace(/[0-9a-f]{16,}/g, 'ID')
      .replace(/\d{4}-\d\d-\d\d(?=T)/g, 'DAY')}`;
    if (words.includes('--json') || (words[0] === 'apply' && code === 2)) return;
    const said = PLANNING.includes(words[0] ?? '') ? stdout.replace(PLAN, '(the plan)\n') : stdout;
    this.typed(typed, { code, stdout: said, stderr });
  }

  /** What came of a whole line of a shell. */
  typed(line: string, { code, stdout, stderr }: Ran): void {
    const ended = code === 0 ? '' : `[exit code ${code}]\n`;
    const block = `$ ${line}\n${stdout}${stderr}${ended}`;
    const said = steady(block).join('\n');
    if (this.#printed.has(said)) return;
    this.#printed.add(said);
    this.#parts.push(`\`\`\`\n${block}\`\`\`\n`);
  }

  /** What the page has and what it should have, each block as what must not differ. `UPDATE_TRANSCRIPTS=1` writes it anew before. */
  compared(): { written: string[][]; heard: string[][] } {
    const heard = this.#parts.join('\n');
    if (process.env['UPDATE_TRANSCRIPTS'] === '1') writeFileSync(this.#file, heard);
    return { written: parted(existsSync(this.#file) ? readFileSync(this.#file, 'utf8') : ''), heard: parted(heard) };
  }
}

/** A page's parts: what stands between blocks as it is, and blocks as what must not differ. */
const parted = (page: string): string[][] =>
  page.split(FENCE).map((part, at) => (at % 2 === 0 ? [part.trim()] : steady(part)));

/** A block's lines without what differs from run to run; in no order where it has steps, as branches of a workflow run side by side. */
function steady(block: string): string[] {
  const [command = '', ...lines] = block.split('\n');
  const kept = lines
    // What is waited for is told as often as it was looked at, and what a step made as it was found.
    .filter((line) => !/^ .* … |^ {20,}\+ /.test(line))
    .map((line) => DIFFERING.reduce((text, [pattern, name]) => text.replaceAll(pattern, name), line));
  const told = kept.map((line) =>
    line.replace(STEP, '$1').replace(IN_TIMELINE, '<time> <step>').replace(/ {2,}/g, '  ').trimEnd(),
  );
  const hasSteps = kept.some((line) => STEP.test(line) || IN_TIMELINE.test(line));
  return [command, ...(hasSteps ? [...new Set(told)].sort() : told)];
}
