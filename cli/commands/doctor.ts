import { lookAt, type Progress } from '../../aws/doctor/look.ts';
import { examine, type Report, type Verdict } from '../../domain/doctor/report.ts';
import { listed } from '../../domain/listed.ts';
import { publicName } from '../../domain/names/public-name.ts';
import { asTyped } from '../as-typed.ts';
import { runInCheckout } from '../checkout.ts';
import { reportText } from '../doctor/report-text.ts';
import { canTrustMore, leadsIntoLocal, wayTo } from '../doctor/way.ts';
import { Ending, EXIT } from '../exit-codes.ts';
import { paint, takesColors } from '../paint.ts';
import { sayJson } from '../session.ts';

const EXIT_CODES: Record<Verdict, number> = { healthy: EXIT.done, findings: EXIT.failed, notChecked: EXIT.usage };

export interface DoctorOptions {
  json?: boolean;
  local?: boolean;
  websocket?: string;
}

/** One line on a terminal while the looks are on their way. */
function telling(name: string): { progress: (at: Progress, addresses: readonly string[]) => void; clear: () => void } {
  const show = (line: string): void => {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line.slice(0, (process.stderr.columns || 80) - 1)}`);
  };
  return {
    progress: (at, addresses) => show(at === 'names' ? `Looking up ${name} …` : `Looking at ${listed(addresses, 3)} …`),
    clear: () => show(''),
  };
}

/** Examines any public name from outside. Gives the exit code: 0 healthy, 1 something is wrong, 2 it could not be checked. */
export async function doctor(typed: string, { json, local = false, websocket }: DoctorOptions): Promise<number> {
  const { name, problem } = publicName(typed);
  if (problem) throw new Ending(problem.message, EXIT.usage);
  if (!canTrustMore && leadsIntoLocal(name, { local })) return runInCheckout('cli/nameplate.ts', process.argv.slice(2));
  const { options, from } = await wayTo(name, { local });
  const { progress, clear } = telling(name);
  const begun = performance.now();
  const seen = await lookAt(name, {
    ...options,
    ...(websocket !== undefined && { webSocketPath: websocket }),
    ...(json !== true && { progress }),
  }).finally(clear);
  const report: Report = examine(seen);
  const seconds = (performance.now() - begun) / 1000;
  const { columns } = process.stdout;
  if (json) sayJson(report);
  else {
    console.log(reportText(report, { columns, colors: takesColors(), seconds, from }));
    const next = report.verdict === 'healthy' ? 'list' : `doctor ${name}`;
    console.log(`${paint('bold', 'Next:')} ${asTyped(next)}${local ? ' --local' : ''}`);
  }
  return EXIT_CODES[report.verdict];
}
