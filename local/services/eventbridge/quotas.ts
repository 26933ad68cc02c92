// Source: EventBridge User Guide, "Quotas"; checked 2026-11-22.

export const BUSES = 100;
export const RULES_PER_BUS = 300;
export const TARGETS_PER_RULE = 5;
export const ENTRIES_PER_PUT = 10;
/** Bytes of all entries of one PutEvents together. */
export const PUT_BYTES = 262_144;
export const TARGET_INPUT_CHARACTERS = 8_192;
export const TAGS_PER_RESOURCE = 50;
