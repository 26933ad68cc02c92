import { OffDialog, OnDialog } from '../maintenance/switch-dialogs.tsx';
import type { QuestionOf } from './question-of.ts';

/** Leads viewers to the maintenance page, or back to the site. */
export function MaintenanceQuestion({ site: { domain, site, failover }, onDone, onClose }: QuestionOf) {
  if (!failover) return null;
  if (failover.on === 'page' && failover.cause !== 'health-check')
    return <OffDialog domain={domain} onDone={onDone} onClose={onClose} />;
  const hasMessage = site.failover?.page.html === undefined;
  return <OnDialog domain={domain} hasMessage={hasMessage} standing={failover} onDone={onDone} onClose={onClose} />;
}
