import type { Finding } from '../../domain/doctor/finding.ts';
import type { CheckName, PassedCheck, Report } from '../../domain/doctor/report.ts';
import { listed } from '../../domain/listed.ts';
import type { Severity } from '../../domain/preflight/finding.ts';
import { printable } from '../../domain/printable.ts';
import { paint as painted, type Style } from '../paint.ts';
import { wrap } from '../wrap.ts';

/** Below that lines are broken anyhow; beyond, they are hard to read. */
const WIDTH = { least: 60, most: 110 } as const;

const TITLES: Record<CheckName, string> = {
  delegation: 'Delegation',
  dnssec: 'DNSSEC',
  caa: 'CAA',
  addresses: 'Addresses',
  connection: 'Connection',
  certificate: 'Certificate',
  page: 'Page',
  http: 'HTTP',
  hsts: 'HSTS',
  agreement: 'Agreement',
  webSocket: 'WebSocket',
};

const TITLE_WIDTH = Math.max(...Object.values(TITLES).map(({ length }) => length)) + 2;

/** Before a title and between it and the line: "  ✔ ". */
const INDENT = 4;

const MARKS: Record<Severity, string> = { error: '✖', warning: '!', info: 'i' };

export interface TextOptions {
  /** Of the terminal; undefined where there is none. */
  columns?: number | undefined;
  colors: boolean;
  seconds: number;
  /** "from this machine", "in the local AWS". */
  from: string;
}

type Paint = (style: Style, text: string) => string;

/** A report as a person reads it: what is well, a line each; what could not be seen; what is wrong, with the fix; the sum. */
export function reportText(report: Report, { columns = 80, colors, seconds, from }: TextOptions): string {
  const width = Math.min(Math.max(columns, WIDTH.least), WIDTH.most);
  const paint: Paint = (style, text) => painted(style, text, colors);
  const head = `${paint('bold', printable(report.name))}  ${paint('dim', when(report.checkedAt))}`;
  const well = report.passed.flatMap((passed) => passedLines(passed, report, { width, paint }));
  const unseen = report.unseen.flatMap(({ what, why }) =>
    titled(`${what}: ${why}`, { mark: '-', title: 'Not seen', style: 'dim', width, paint }),
  );
  const wrong = report.findings.flatMap((finding) => ['', ...findingLines(finding, { width, paint })]);
  return [head, '', ...well, ...unseen, ...wrong, '', ...sum(report, { seconds, from, width, paint }), ''].join('\n');
}

interface Look {
  width: number;
  paint: Paint;
}

function passedLines({ check, message, at }: PassedCheck, { passed }: Report, look: Look): string[] {
  const others = passed.filter((other) => other.check === check && other.message !== message);
  // The addresses are told above; which ones, only where they differ.
  const line = others.length > 0 && at.length > 0 ? `${listed(at, 4)}: ${message}` : message;
  const first = passed.find((other) => other.check === check)?.message === message;
  return titled(line, { mark: '✔', title: first ? TITLES[check] : '', style: 'green', ...look });
}

function titled(
  line: string,
  { mark, title, style, width, paint }: Look & { mark: string; title: string; style: Style },
): string[] {
  const left = INDENT + TITLE_WIDTH;
  return wrap(printable(line), width - left).map((part, at) =>
    at === 0 ? `  ${paint(style, mark)} ${title.padEnd(TITLE_WIDTH)}${part}` : `${' '.repeat(left)}${part}`,
  );
}

const STYLES: Record<Severity, Style> = { error: 'red', warning: 'yellow', info: 'cyan' };

function findingLines({ code, severity, message, evidence, fix, at }: Finding, { width, paint }: Look): string[] {
  const where = at.length > 0 ? paint('dim', ` at ${listed(at, 2)}`) : '';
  const dim: Paint = (_, text) => paint('dim', text);
  return [
    `  ${paint(STYLES[severity], MARKS[severity])} ${paint('bold', code)}${where}`,
    ...wrap(printable(message), width - INDENT).map((line) => `${' '.repeat(INDENT)}${line}`),
    ...evidence.flatMap((fact, index) => labelled(fact, { label: index === 0 ? 'seen' : '', width, paint: dim })),
    ...labelled(fix, { label: 'fix', width, paint }),
  ];
}

const LABEL_WIDTH = 'seen'.length + 2;

/** A text beside a label, which is painted green where the paint has colours. */
function labelled(text: string, { label, width, paint }: Look & { label: string }): string[] {
  const left = INDENT + LABEL_WIDTH;
  return wrap(printable(text), width - left).map((part, at) =>
    at === 0
      ? `${' '.repeat(INDENT)}${paint('green', label)}${' '.repeat(LABEL_WIDTH - label.length)}${part}`
      : `${' '.repeat(left)}${part}`,
  );
}

/** The verdict, and after it or below it how long the look took. */
function sum(report: Report, { seconds, from, width, paint }: Look & Pick<TextOptions, 'seconds' | 'from'>): string[] {
  const { words, style } = verdictInWords(report);
  const looked = `(${seconds.toFixed(1)} s, ${from})`;
  const [first = '', ...others] =
    wrap(`${words.join(', ')} ${looked}`, width - 2).length > 1
      ? [words.join(', '), looked]
      : [`${words.join(', ')} ${looked}`];
  const [verdict = ''] = words;
  return [`  ${paint(style, verdict)}${first.slice(verdict.length)}`, ...others.map((line) => `  ${line}`)];
}

function verdictInWords({ verdict, findings }: Report): { words: string[]; style: Style } {
  const count = (severity: Severity, one: string, many: string): string[] => {
    const number = findings.filter((found) => found.severity === severity).length;
    return number === 0 ? [] : [`${number} ${number === 1 ? one : many}`];
  };
  const errors = count('error', 'error', 'errors');
  const rest = [...count('warning', 'warning', 'warnings'), ...count('info', 'thing to know', 'things to know')];
  if (verdict === 'notChecked') return { words: ['Could not be checked', ...rest], style: 'yellow' };
  if (verdict === 'healthy') return { words: ['Healthy', ...rest], style: 'green' };
  return { words: [...errors, ...rest], style: errors.length > 0 ? 'red' : 'yellow' };
}

const when = (date: Date): string => `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
