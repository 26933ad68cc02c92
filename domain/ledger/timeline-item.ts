/** One entry of a site's timeline. */
export interface TimelineItem {
  at: string;
  /** When its message was last written anew: what a step waits for may change with every look. */
  changedAt?: string;
  step?: string;
  message: string;
  /** The ARN of the caller whose request it is about. */
  by?: string;
}
