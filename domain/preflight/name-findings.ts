import { type Holder, whyNotClaimed } from '../sites/name-holder.ts';
import type { PreflightFinding } from './finding.ts';

/** Names that another site of this stack has, or that lie above or below another tenant's: one owner a name. */
export function nameFindings(
  taken: readonly { wanted: string; holder: Holder }[],
  { tenant }: { tenant?: string | undefined } = {},
): PreflightFinding[] {
  return taken.map(({ wanted: name, holder }) => {
    const message = whyNotClaimed({ name, tenant }, holder);
    return holder.name === name
      ? { severity: 'error', check: 'nameTaken', message }
      : { severity: 'error', check: 'nameOverlaps', message };
  });
}
