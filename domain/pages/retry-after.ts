/** When clients are told to ask again that are shown the page, in seconds. */
export const RETRY_AFTER_SECONDS = 120;
