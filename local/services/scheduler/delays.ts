// Source: EventBridge Scheduler User Guide, "Schedule types": a precision of 60 seconds; the rest is estimated. Checked 2026-11-30.

/** From the time of a schedule until its target is invoked. */
export const PRECISION_SECONDS = { min: 0.1, max: 59 };

/** From the end of the last invocation until a schedule that deletes itself is gone. */
export const COMPLETION_SECONDS = { min: 1, max: 60 };

/** From DeleteScheduleGroup until the group with its schedules is gone. */
export const GROUP_DELETION_SECONDS = { min: 2, max: 30 };

/** Delivery is at least once: this share of the invocations comes twice, the second one so much later. */
export const DOUBLED_SHARE = 0.02;
export const DOUBLED_SECONDS = { min: 0.5, max: 30 };
