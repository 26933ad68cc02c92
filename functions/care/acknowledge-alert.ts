import { readEnvironment } from '../../aws/environment.ts';
import { readAlert, writeAlert } from '../../aws/ledger/alerts.ts';
import { type Ledger, openLedger } from '../../aws/ledger/ledger.ts';
import { type Alert, readId } from '../../domain/care/alert.ts';
import { shownAlert } from '../../domain/care/view.ts';
import { Failure } from '../../domain/errors.ts';
import { quoted } from '../../domain/names/name-problem.ts';
import { api, Refusal } from '../shared/api/api.ts';
import { expectedTenant } from '../shared/api/expected-tenant.ts';

/** `POST /v1/alerts/{id}/acknowledge`: says that somebody has read it. It stays open until it is mended; the same again changes nothing. */
export const handler = api(async (event, { now, by }) => {
  const id = event.pathParameters?.['id'] ?? '';
  const acknowledged = { at: now.toISOString(), ...(by !== undefined && { by }) };
  const ledger = openLedger(readEnvironment());
  const tenant = expectedTenant(event.queryStringParameters);
  return { status: 200, body: shownAlert(await acknowledge(ledger, id, { acknowledged, tenant })) };
});

async function acknowledge(
  ledger: Ledger,
  id: string,
  { acknowledged, tenant }: { acknowledged: NonNullable<Alert['acknowledged']>; tenant: string | undefined },
): Promise<Alert> {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const alert = readId(id) && (await readAlert(ledger, id));
    if (!alert || (tenant !== undefined && alert.tenant !== tenant)) throw notFound(id);
    if (alert.acknowledged || alert.state === 'resolved') return alert;
    const next = { ...alert, acknowledged };
    if (await writeAlert(ledger, next)) return next;
  }
  throw new Failure('Throttled', `Cannot acknowledge the alert ${quoted(id)}: it is being written`);
}

const notFound = (id: string): Refusal =>
  new Refusal('alert-not-found', `Cannot find the alert ${quoted(id)}: see the list of alerts`);
