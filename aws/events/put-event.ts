import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';

/**
 * Puts what happened to a site on the bus, as the workflows do.
 *
 * @throws {Error} when EventBridge took the call and not the event
 */
export async function putEvent(
  events: EventBridgeClient,
  { bus, detailType, detail }: { bus: string; detailType: string; detail: object },
): Promise<void> {
  const { Entries = [] } = await events.send(
    new PutEventsCommand({
      Entries: [{ EventBusName: bus, Source: 'nameplate', DetailType: detailType, Detail: JSON.stringify(detail) }],
    }),
  );
  const refused = Entries.find(({ ErrorCode }) => ErrorCode !== undefined);
  if (refused) throw new Error(`Cannot put "${detailType}" on the bus: ${refused.ErrorCode} ${refused.ErrorMessage}`);
}
