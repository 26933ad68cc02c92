import type { MessageAttributeValue } from '@aws-sdk/client-sns';
import type { Filter } from './filter-policy.ts';
import type { Settings } from './subscription-settings.ts';

export interface Topic {
  arn: string;
  name: string;
  region: string;
  /** As CreateTopic and SetTopicAttributes gave them: DisplayName, Policy, … */
  attributes: Map<string, string>;
  tags: Map<string, string>;
  subscriptions: Subscription[];
  /** How many were taken away. */
  deleted: number;
}

export interface Subscription {
  arn: string;
  topic: Topic;
  protocol: 'email' | 'email-json' | 'lambda';
  endpoint: string;
  /** What confirms it; undefined once it is confirmed. */
  token: string | undefined;
  /** Who subscribed it. */
  principal: string;
  settings: Settings;
  /** By which messages are chosen: for some minutes after a change still the former filter. */
  filter: Filter | undefined;
}

/** A message as a topic took it. */
export interface Published {
  at: Date;
  messageId: string;
  topicArn: string;
  subject: string | undefined;
  /** As it was published. */
  message: string;
  /** What each protocol gets; "default" for those that are not named. */
  texts: Record<string, string>;
  attributes: Record<string, MessageAttributeValue>;
}

/** A mail as its reader would find it. */
export interface Mail {
  at: Date;
  from: string;
  to: string;
  subject: string;
  text: string;
}
