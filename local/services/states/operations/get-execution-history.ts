import type { GetExecutionHistoryInput, GetExecutionHistoryOutput, HistoryEvent } from '@aws-sdk/client-sfn';
import type { Operation } from '../../../wire/service.ts';
import { page } from './page.ts';
import type { World } from './world.ts';

/** What `includeExecutionData: false` leaves out of an event's details. */
const DATA = ['input', 'inputDetails', 'output', 'outputDetails', 'assignedVariables', 'assignedVariablesDetails'];

export const getExecutionHistory = ({
  registry,
}: World): Operation<GetExecutionHistoryInput, GetExecutionHistoryOutput> => ({
  resources: ({ executionArn = '*' }) => [executionArn],
  run(input) {
    const { events } = registry.execution(input.executionArn ?? '').history;
    const ordered = input.reverseOrder === true ? [...events].reverse() : events;
    const { items, nextToken } = page(ordered, ({ id }) => String(id), input);
    return {
      events: input.includeExecutionData === false ? items.map(withoutData) : items,
      ...(nextToken === undefined ? {} : { nextToken }),
    };
  },
});

function withoutData(event: HistoryEvent): HistoryEvent {
  const parts = Object.entries(event).map(([name, part]: [string, unknown]) => [
    name,
    name.endsWith('EventDetails') ? bare(part as object) : part,
  ]);
  return Object.fromEntries(parts) as HistoryEvent;
}

const bare = (details: object): object =>
  Object.fromEntries(Object.entries(details).filter(([name]) => !DATA.includes(name)));
