import type { CreateScheduleInput, FlexibleTimeWindow } from '@aws-sdk/client-scheduler';
import { isZone } from '../../clock/zoned.ts';
import { invalid } from './errors.ts';
import { occurrencesOf } from './expression.ts';
import type { Settings } from './schedule.ts';
import { checkTarget } from './target.ts';

// Source: EventBridge Scheduler API Reference, "CreateSchedule", "FlexibleTimeWindow"; checked 2026-11-30.
const NAME = /^[0-9a-zA-Z\-_.]{1,64}$/;
const MAX_DESCRIPTION = 512;
const MAX_EXPRESSION = 256;
const MAX_WINDOW_MINUTES = 1_440;
const PAST_START_MS = 5 * 60_000;

/** Throws ValidationException for a name that is none. */
export function checkName(member: string, name: string): void {
  if (NAME.test(name)) return;
  throw invalid(
    `1 validation error detected: Value '${name}' at '${member}' failed to satisfy constraint: Member must satisfy regular expression pattern: [0-9a-zA-Z-_.]+`,
  );
}

/** What a request says, with the defaults filled in: an update that leaves something out sets it back. */
export function settingsOf(input: Omit<CreateScheduleInput, 'Name'>, now: Date): Settings {
  const { ScheduleExpression: expression = '', ScheduleExpressionTimezone: zone = 'UTC' } = input;
  const { StartDate: start, EndDate: end, Description: description, State: state = 'ENABLED' } = input;
  const { ActionAfterCompletion: afterCompletion = 'NONE', KmsKeyArn: kmsKeyArn } = input;
  const window = checkedWindow(input.FlexibleTimeWindow);
  if (!isZone(zone) || zone.length > 50) throw invalid(`Invalid Schedule Expression Timezone ${zone}.`);
  const occurrences = expression.length <= MAX_EXPRESSION ? occurrencesOf(expression, zone) : undefined;
  if (!occurrences) throw invalid(`Invalid Schedule Expression ${expression}.`);
  if (state !== 'ENABLED' && state !== 'DISABLED') throw invalid(`Invalid State ${state}.`);
  if (afterCompletion !== 'NONE' && afterCompletion !== 'DELETE') {
    throw invalid(`Invalid ActionAfterCompletion ${afterCompletion}.`);
  }
  if ((description?.length ?? 0) > MAX_DESCRIPTION) {
    throw invalid(`Description must not be longer than ${MAX_DESCRIPTION} characters.`);
  }
  // One-time schedules ignore both dates.
  if (occurrences.kind !== 'at') {
    if (start && start.getTime() < now.getTime() - PAST_START_MS) {
      throw invalid('The StartDate you specify cannot be earlier than 5 minutes ago.');
    }
    if (end && end < now) throw invalid('The EndDate you specify must be in the future.');
    if (start && end && start >= end) throw invalid('The StartDate you specify must be earlier than the EndDate.');
  }
  return {
    expression,
    zone,
    occurrences,
    start,
    end,
    description,
    state,
    target: checkTarget(input.Target),
    window,
    afterCompletion,
    kmsKeyArn,
  };
}

function checkedWindow(window: FlexibleTimeWindow | undefined): FlexibleTimeWindow {
  const { Mode: mode, MaximumWindowInMinutes: minutes } = window ?? {};
  if (mode === 'OFF') {
    if (minutes !== undefined) throw invalid('MaximumWindowInMinutes must not be set when Mode is OFF.');
    return { Mode: 'OFF' };
  }
  if (mode !== 'FLEXIBLE') throw invalid('FlexibleTimeWindow must have the Mode OFF or FLEXIBLE.');
  if (minutes === undefined || minutes < 1 || minutes > MAX_WINDOW_MINUTES) {
    throw invalid(`MaximumWindowInMinutes must be between 1 and ${MAX_WINDOW_MINUTES}.`);
  }
  return { Mode: 'FLEXIBLE', MaximumWindowInMinutes: minutes };
}
