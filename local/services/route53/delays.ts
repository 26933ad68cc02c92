/** From the submission of a change until every name server has it. (E), from public logs. */
export const INSYNC_SECONDS = { min: 15, max: 45 };

/** How long a zone refuses a second change after the first. (E): controllers see PriorRequestNotComplete for a second or two. */
export const PROCESSING_SECONDS = { min: 0.3, max: 2 };
