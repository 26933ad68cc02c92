import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { client } from '../../../aws/clients.ts';
import type { Environment } from '../../../aws/environment.ts';
import { putEvent } from '../../../aws/events/put-event.ts';
import { writeAlert } from '../../../aws/ledger/alerts.ts';
import type { Ledger } from '../../../aws/ledger/ledger.ts';
import type { Alert, Telling as News } from '../../../domain/care/alert.ts';
import { shownAlert } from '../../../domain/care/view.ts';

const DETAIL_TYPES: Record<News, string> = {
  raised: 'Alert Raised',
  escalated: 'Alert Escalated',
  resolved: 'Alert Resolved',
};

/** Where alerts are kept, and by which bus people are told. */
export interface Telling {
  ledger: Ledger;
  environment: Environment;
}

/**
 * Writes an alert, tells people of it, and writes that they were told: a worker that dies in between is followed by one that tells. Nothing
 * is told of one that another look has written meanwhile: that look tells.
 */
export async function writeAndTell({ ledger, environment }: Telling, alert: Alert): Promise<Alert> {
  if (!(await writeAlert(ledger, alert))) return alert;
  return tell({ ledger, environment }, { ...alert, version: alert.version + 1 });
}

/** Tells people of an alert that was written, where it says so. */
async function tell({ ledger, environment }: Telling, { untold, ...alert }: Alert): Promise<Alert> {
  if (untold === undefined) return alert;
  const event = { bus: environment.eventBusName, detailType: DETAIL_TYPES[untold], detail: shownAlert(alert) };
  await putEvent(client(EventBridgeClient), event);
  await writeAlert(ledger, alert);
  return { ...alert, version: alert.version + 1 };
}
